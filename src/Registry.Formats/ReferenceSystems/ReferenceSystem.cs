using ProjNet.CoordinateSystems;

namespace Registry.Formats.ReferenceSystems;

/// <summary>A coordinate reference system in which geometry is given and rectangles are asked for.</summary>
/// <remarks>Projections are those of ProjNET; see <see cref="PlaneProjection"/> for how exact they are.</remarks>
public sealed class ReferenceSystem
{
    // Web Mercator has no poles; at this latitude its map is some 100,000 km high.
    private const double MostMercatorLatitude = 89.99;

    private readonly PlaneProjection? _projection;

    private ReferenceSystem(string uri, int code, string name, bool isLatitudeFirst, ProjectedCoordinateSystem? projection)
    {
        (Uri, Code, Name, IsLatitudeFirst) = (uri, code, name, isLatitudeFirst);
        _projection = projection is null ? null : new PlaneProjection(projection);
    }

    /// <summary>Longitude and latitude in degrees: how geometry is kept, and how it is given unless something else is asked.</summary>
    public static ReferenceSystem Crs84 { get; } =
        new("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326, "WGS 84 (longitude, latitude)", isLatitudeFirst: false, null);

    /// <summary>Every system, CRS84 first: WGS 84 with latitude first, Web Mercator, and the UTM zones 39 to 45 north.</summary>
    public static IReadOnlyList<ReferenceSystem> All { get; } =
    [
        Crs84,
        new(EpsgUri(4326), 4326, "WGS 84 (latitude, longitude)", isLatitudeFirst: true, null),
        new(EpsgUri(3857), 3857, "WGS 84 / Pseudo-Mercator", isLatitudeFirst: false, ProjectedCoordinateSystem.WebMercator),
        .. Enumerable.Range(39, 7).Select(zone => new ReferenceSystem(
            EpsgUri(32600 + zone), 32600 + zone, $"WGS 84 / UTM zone {zone}N", isLatitudeFirst: false,
            ProjectedCoordinateSystem.WGS84_UTM(zone, true))),
    ];

    /// <summary>The identifier by which it is asked for and named.</summary>
    public string Uri { get; }

    /// <summary>Its code in the EPSG register; CRS84, which has none there, bears that of the same system with latitude first.</summary>
    public int Code { get; }

    /// <summary>Its name for people.</summary>
    public string Name { get; }

    /// <summary>Whether the first number of a position is the latitude.</summary>
    public bool IsLatitudeFirst { get; }

    /// <summary>Whether positions are metres on a plane, and not degrees.</summary>
    public bool IsProjected => _projection is not null;

    /// <summary>How many decimals a coordinate is written with: a tenth of a millimetre in degrees, a millimetre in metres.</summary>
    public int Decimals => IsProjected ? 3 : 9;

    /// <summary>The system of an identifier; null when there is none.</summary>
    public static ReferenceSystem? Find(ReadOnlySpan<char> uri)
    {
        foreach (var system in All)
        {
            if (uri.SequenceEqual(system.Uri))
                return system;
        }

        return null;
    }

    /// <summary>A position in this system, easting or longitude first whatever the order of its axes.</summary>
    /// <returns>Numbers that are not finite where the projection does not reach.</returns>
    public (double X, double Y) Project(double longitude, double latitude)
    {
        if (_projection is null)
            return (longitude, latitude);
        return _projection.Project(longitude, Code == 3857 ? Math.Clamp(latitude, -MostMercatorLatitude, MostMercatorLatitude) : latitude);
    }

    /// <summary>The longitude and latitude of a position that <see cref="Project"/> gives.</summary>
    public (double Longitude, double Latitude) Unproject(double x, double y) => _projection?.Unproject(x, y) ?? (x, y);

    private static string EpsgUri(int code) => FormattableString.Invariant($"http://www.opengis.net/def/crs/EPSG/0/{code}");
}
