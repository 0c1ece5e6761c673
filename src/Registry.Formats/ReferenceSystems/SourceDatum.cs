using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace Registry.Formats.ReferenceSystems;

/// <summary>The datum of a file's positions: an ellipsoid, and where it stands in WGS 84.</summary>
internal sealed class SourceDatum
{
    private static readonly double[] s_official = [23.57, -140.95, -79.8, 0, 0.35, 0.79, -0.22];

    // WGS 84 is there without a shift.
    private readonly bool _isShifted;

    private SourceDatum(string name, double semiMajorAxis, double inverseFlattening, Wgs84ConversionInfo? shift)
    {
        _isShifted = shift is not null;
        var factory = new CoordinateSystemFactory();
        var ellipsoid = factory.CreateFlattenedSphere(name, semiMajorAxis, inverseFlattening, LinearUnit.Metre);
        Degrees = factory.CreateGeographicCoordinateSystem(
            name, AngularUnit.Degrees, factory.CreateHorizontalDatum(name, DatumType.HD_Geocentric, ellipsoid, shift ?? new Wgs84ConversionInfo()),
            PrimeMeridian.Greenwich, new AxisInfo("Lon", AxisOrientationEnum.East), new AxisInfo("Lat", AxisOrientationEnum.North));
    }

    /// <summary>WGS 84.</summary>
    public static SourceDatum Wgs84 { get; } = new("WGS 84", 6_378_137, 298.257223563, null);

    /// <summary>
    /// Pulkovo 1942, with the seven parameters of GOST R 51794-2008, to which those of GOST 32453-2017 by way of PZ-90.11 add up too
    /// (EPSG:5044). They are said to be right to 3 m.
    /// </summary>
    public static SourceDatum Pulkovo1942 { get; } = Make(s_official);

    /// <summary>Its degrees.</summary>
    public GeographicCoordinateSystem Degrees { get; }

    /// <summary>Pulkovo 1942 with the parameters that a file itself names; <see cref="Pulkovo1942"/> where they are those.</summary>
    /// <param name="toWgs84">
    /// Metres, seconds of arc and parts in a million, as TOWGS84 of well-known text has them: the rotations turn positions, not the axes.
    /// </param>
    public static SourceDatum Pulkovo(IReadOnlyList<double> toWgs84) => toWgs84.SequenceEqual(s_official) ? Pulkovo1942 : Make(toWgs84);

    /// <summary>The way from its degrees to those of WGS 84; null when they are the same.</summary>
    public MathTransform? ToWgs84() => _isShifted
        ? new CoordinateTransformationFactory().CreateFromCoordinateSystems(Degrees, GeographicCoordinateSystem.WGS84).MathTransform
        : null;

    private static SourceDatum Make(IReadOnlyList<double> toWgs84) => new("Pulkovo 1942", 6_378_245, 298.3,
        new Wgs84ConversionInfo(toWgs84[0], toWgs84[1], toWgs84[2], toWgs84[3], toWgs84[4], toWgs84[5], toWgs84[6]));
}

/// <summary>The parameters of a transverse Mercator.</summary>
/// <param name="Meridian">The central meridian, degrees.</param>
/// <param name="Latitude">The latitude whose northing is <paramref name="FalseNorthing"/>, degrees.</param>
/// <param name="Scale">The scale on the meridian.</param>
/// <param name="FalseEasting">The easting of the meridian, metres.</param>
/// <param name="FalseNorthing">Metres.</param>
internal readonly record struct TransverseMercator(double Meridian, double Latitude, double Scale, double FalseEasting, double FalseNorthing)
{
    /// <summary>The projection on a datum.</summary>
    public ProjectedCoordinateSystem On(SourceDatum datum)
    {
        var factory = new CoordinateSystemFactory();
        var projection = factory.CreateProjection("Transverse Mercator", "Transverse_Mercator",
        [
            new ProjectionParameter("latitude_of_origin", Latitude), new ProjectionParameter("central_meridian", Meridian),
            new ProjectionParameter("scale_factor", Scale), new ProjectionParameter("false_easting", FalseEasting),
            new ProjectionParameter("false_northing", FalseNorthing),
        ]);
        return factory.CreateProjectedCoordinateSystem("Transverse Mercator", datum.Degrees, projection, LinearUnit.Metre,
            new AxisInfo("East", AxisOrientationEnum.East), new AxisInfo("North", AxisOrientationEnum.North));
    }
}
