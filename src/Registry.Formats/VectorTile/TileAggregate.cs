namespace Registry.Formats.VectorTile;

/// <summary>
/// What a tile does not draw one by one, counted: a point for each square of <see cref="SquareUnits"/> units and each status, at the
/// middle of what it counts.
/// </summary>
/// <remarks>
/// Each object has one place, and is counted only on the tile that holds it: the counts of all tiles of a zoom, and the features that
/// are drawn, never count one twice in a square.
/// </remarks>
public sealed class TileAggregate
{
    /// <summary>The side of a square: 16 of them a side of the tile.</summary>
    public const int SquareUnits = 256;

    private readonly Dictionary<(int Column, int Row, string Status), Tally> _tallies = [];

    /// <summary>Counts an object, if its place is in the tile.</summary>
    /// <param name="x">Its place in units.</param>
    /// <param name="y">Its place in units.</param>
    /// <param name="status">What tells it from others in the same square.</param>
    /// <param name="cells">How many cells it has.</param>
    public void Add(double x, double y, string status, int cells)
    {
        if (!TileFrame.Holds(x, y))
            return;
        var key = ((int)x / SquareUnits, (int)y / SquareUnits, status);
        if (!_tallies.TryGetValue(key, out var tally))
            _tallies.Add(key, tally = new Tally());
        tally.Count++;
        tally.Cells += cells;
        tally.X += (int)x;
        tally.Y += (int)y;
    }

    /// <summary>Adds the points to a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="geometry">Drawn anew for each.</param>
    /// <param name="status">The place of the key of the status.</param>
    /// <param name="count">The place of the key of the number of objects.</param>
    /// <param name="cells">The place of the key of the number of cells; -1 where objects have none.</param>
    public void WriteTo(TileLayerWriter layer, TileGeometry geometry, int status, int count, int cells)
    {
        foreach (var (key, tally) in _tallies)
        {
            geometry.Clear();
            geometry.Point(new TilePoint((int)(tally.X / tally.Count), (int)(tally.Y / tally.Count)));
            layer.Tag(status, key.Status);
            layer.Tag(count, tally.Count);
            if (cells >= 0)
                layer.Tag(cells, tally.Cells);
            layer.Add(0, geometry);
        }
    }

    private sealed class Tally
    {
        public long Count, Cells, X, Y;
    }
}
