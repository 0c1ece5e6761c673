using Registry.Core.Ground;

namespace Registry.Formats.VectorTile;

/// <summary>
/// A tile of the Web Mercator pyramid (OGC Two Dimensional Tile Matrix Set 2.0, WebMercatorQuad): columns east from 180 W, rows south
/// from 85.0511 N, twice as many of each at every zoom.
/// </summary>
public readonly record struct TileAddress(int Zoom, int Column, int Row)
{
    /// <summary>The deepest zoom that is answered. A unit of a tile is then a fortieth of a millimetre.</summary>
    public const int MostZoom = 22;

    /// <summary>Whether the pyramid has such a tile.</summary>
    public static bool Exists(int zoom, int column, int row) =>
        zoom is >= 0 and <= MostZoom && column >= 0 && column < 1 << zoom && row >= 0 && row < 1 << zoom;

    /// <summary>The ground that the tile and its buffer show.</summary>
    public BoundingBox Ground()
    {
        var frame = new TileFrame(this);
        return new BoundingBox(
            frame.Longitude(TileFrame.Least), frame.Latitude(TileFrame.Most), frame.Longitude(TileFrame.Most), frame.Latitude(TileFrame.Least));
    }
}
