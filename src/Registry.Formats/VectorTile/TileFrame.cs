namespace Registry.Formats.VectorTile;

/// <summary>The plane of one tile: whole units east and south from its north-west corner, and the way there from degrees.</summary>
/// <remarks>
/// Web Mercator (EPSG:3857) is the spherical Mercator projection of geodetic degrees. It is separable: a longitude alone decides x, and
/// a latitude alone y, so cells of a graticule are rectangles of the plane too.
/// </remarks>
public readonly struct TileFrame
{
    /// <summary>Units along a side of a tile.</summary>
    public const int Extent = 4096;

    /// <summary>How far, in units, features are drawn beyond each side, so that no seam shows.</summary>
    public const int Buffer = 64;

    /// <summary>The least and the greatest coordinate that is drawn.</summary>
    public const int Least = -Buffer, Most = Extent + Buffer;

    private const double MostLatitude = 85.051128779806592;

    private readonly TileAddress _tile;
    private readonly double _tiles;

    /// <param name="tile">Which tile.</param>
    public TileFrame(TileAddress tile) => (_tile, _tiles) = (tile, Math.ScaleB(1, tile.Zoom));

    /// <summary>The zoom of the tile.</summary>
    public int Zoom => _tile.Zoom;

    /// <summary>How far east a longitude in degrees lies, in units.</summary>
    public double X(double longitude) => (((longitude + 180) / 360 * _tiles) - _tile.Column) * Extent;

    /// <summary>How far south a latitude in degrees lies, in units. Beyond the end of the projection, 85.0511 degrees, it is that end.</summary>
    public double Y(double latitude)
    {
        var sine = Math.Sin(Math.Clamp(latitude, -MostLatitude, MostLatitude) * Math.PI / 180);
        return (((0.5 - (Math.Log((1 + sine) / (1 - sine)) / (4 * Math.PI))) * _tiles) - _tile.Row) * Extent;
    }

    /// <summary>The longitude, in degrees, of a place in units; -180 to 180.</summary>
    public double Longitude(double x) => Math.Clamp((((x / Extent) + _tile.Column) / _tiles * 360) - 180, -180, 180);

    /// <summary>The latitude, in degrees, of a place in units.</summary>
    public double Latitude(double y)
    {
        var north = Math.PI * (1 - (2 * ((y / Extent) + _tile.Row) / _tiles));
        return Math.Clamp(Math.Atan(Math.Sinh(north)) * 180 / Math.PI, -MostLatitude, MostLatitude);
    }

    /// <summary>Whether a place is in the tile itself; of all tiles of one zoom, exactly one says so.</summary>
    public static bool Holds(double x, double y) => x >= 0 && x < Extent && y >= 0 && y < Extent;

    /// <summary>Whether a place is in the tile or its buffer.</summary>
    public static bool Draws(double x, double y) => x >= Least && x <= Most && y >= Least && y <= Most;
}
