using System.Globalization;
using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;
using Registry.Core.GeoJson;

namespace Registry.Formats.ReferenceSystems;

/// <summary>The reference system that a file's positions are given in, and the way from there to degrees in WGS 84.</summary>
/// <remarks>
/// Those are read that ProjNET leads back exactly: WGS 84 and Pulkovo 1942 in degrees, any transverse Mercator on either of them (UTM,
/// Gauss-Kruger), and Web Mercator. Whatever order the axes of a system have, files give the easting or longitude first.
/// </remarks>
public sealed class SourceSystem
{
    // Where ProjNET's series is right to a millimetre. Zones of 6 degrees are 334 km to either side on the equator.
    private const double MostMetresFromMeridian = 500_000;

    // A tenth of a millimetre. A corner of cells then stands where its degrees were before they were metres.
    private const int Decimals = 9;

    private readonly SourceDatum _datum;
    private readonly TransverseMercator? _transverse;
    private readonly PlaneProjection? _projection;
    private readonly MathTransform? _shift;

    private SourceSystem(string name, SourceDatum datum, TransverseMercator? transverse, PlaneProjection? projection) =>
        (Name, _datum, _transverse, _projection, _shift) = (name, datum, transverse, projection, datum.ToWgs84());

    /// <summary>WGS 84 in degrees, which nothing is done to.</summary>
    public static SourceSystem Wgs84 { get; } = new("WGS 84", SourceDatum.Wgs84, null, null);

    /// <summary>Web Mercator.</summary>
    public static SourceSystem WebMercator { get; } =
        new("WGS 84 / Pseudo-Mercator", SourceDatum.Wgs84, null, new PlaneProjection(ProjectedCoordinateSystem.WebMercator));

    /// <summary>Its name, for sentences.</summary>
    public string Name { get; }

    /// <summary>Whether its positions are degrees in WGS 84 already.</summary>
    public bool IsWgs84 => _projection is null && _shift is null;

    /// <summary>Whether its positions are metres on a plane.</summary>
    public bool IsProjected => _projection is not null;

    /// <summary>What to do about a file in a system that is not read.</summary>
    public static string Remedy => "Transform it first: ogr2ogr -t_srs EPSG:4326.";

    /// <summary>Degrees of a datum.</summary>
    internal static SourceSystem Geographic(string name, SourceDatum datum) => new(name, datum, null, null);

    /// <summary>A transverse Mercator, as UTM and Gauss-Kruger are.</summary>
    internal static SourceSystem Transverse(string name, SourceDatum datum, TransverseMercator projection) =>
        new(name, datum, projection, new PlaneProjection(projection.On(datum)));

    /// <summary>A position in WGS 84: as it came where the file is in WGS 84, else rounded to a tenth of a millimetre.</summary>
    /// <param name="x">The easting in metres, or the longitude in degrees.</param>
    /// <param name="y">The northing, or the latitude.</param>
    /// <param name="longitude">Degrees.</param>
    /// <param name="latitude">Degrees.</param>
    /// <returns>Why it is beyond what the system is for; null when it is not.</returns>
    public string? ToWgs84(double x, double y, out double longitude, out double latitude)
    {
        (longitude, latitude) = (x, y);
        if (IsWgs84)
            return null;
        if (_transverse is { } zone && !(Math.Abs(x - zone.FalseEasting) <= MostMetresFromMeridian))
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"The position ({x:0.###}, {y:0.###}) of {Name} lies more than {MostMetresFromMeridian / 1000} km from the meridian of its zone. {Remedy}");
        }

        if (_projection is not null)
            (longitude, latitude) = _projection.Unproject(x, y);
        if (!double.IsFinite(longitude) || !double.IsFinite(latitude) || Math.Abs(longitude) > 180 || Math.Abs(latitude) > 90)
            return string.Create(CultureInfo.InvariantCulture, $"The position ({x:0.###}, {y:0.###}) is none of {Name}.");
        if (_shift is not null)
            (longitude, latitude) = _shift.Transform(longitude, latitude);
        (longitude, latitude) = (Math.Round(longitude, Decimals), Math.Round(latitude, Decimals));
        return null;
    }

    /// <summary>The system of a file that may say which it is, and whose sender may.</summary>
    /// <param name="file">What the file says; null when it says nothing.</param>
    /// <param name="said">What the sender says; null when nothing.</param>
    /// <returns>Null when nobody says anything.</returns>
    /// <exception cref="SourceException">They say two things.</exception>
    public static SourceSystem? Of(SourceSystem? file, SourceSystem? said) => file is null || said is null || file.IsSame(said)
        ? file ?? said
        : throw new SourceException($"The file says that it is in {JsonTokens.Shortened(file.Name)}, and the parameter crs says {said.Name}.");

    /// <summary>Whether it is the same by what is done to a position, whatever it is called.</summary>
    internal bool IsSame(SourceSystem other) =>
        _datum == other._datum && _transverse == other._transverse && IsProjected == other.IsProjected;
}
