using Registry.Core.Ground;

namespace Registry.Formats.VectorTile;

/// <summary>Draws sets of cells on a tile: exact outlines, cut at the edge of the buffer, on a coarser graticule where cells are small.</summary>
/// <remarks>
/// Every step keeps the outline valid, because it is taken on cells and not on lines. To simplify, a square of cells counts as the set's
/// when at least half of its cells are. To clip, cells beyond the buffer are left out before the outline is traced; those that the
/// edge of the buffer cuts are then moved up to it, which moves no two sides onto each other.
/// </remarks>
public sealed class CellShapes
{
    // One pixel of a map that draws a tile at 512 pixels, as MapLibre does.
    private const double LeastUnits = 8;

    // Squares of so many cells a side fit evenly into a sheet of a graticule of one minute, and into any finer one.
    private static readonly int[] Squares = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 40, 60, 120];

    private readonly Graticule _fine;
    private readonly Graticule _drawn;
    private readonly int _square;
    private readonly GridAxis _columns;
    private readonly GridAxis _rows;
    private readonly Dictionary<uint, int> _counts = [];
    private TilePoint[] _ring = new TilePoint[64];

    /// <param name="frame">The tile.</param>
    /// <param name="graticule">The graticule of the cells.</param>
    public CellShapes(TileFrame frame, Graticule graticule)
    {
        _fine = graticule;
        var unitsPerCell = Math.ScaleB(TileFrame.Extent, frame.Zoom) / graticule.Columns;
        _square = Squares.FirstOrDefault(square => square * unitsPerCell >= LeastUnits && Fits(graticule, square), Squares[^1]);
        _drawn = _square == 1 ? graticule : graticule.Coarser(_square);
        _columns = GridAxis.Of(_drawn.Columns, column => frame.X(_drawn.Longitude(column)),
            _drawn.ColumnsFromAntimeridian(frame.Longitude(TileFrame.Least)), _drawn.ColumnsFromAntimeridian(frame.Longitude(TileFrame.Most)));
        _rows = GridAxis.Of(_drawn.Rows, row => frame.Y(_drawn.Latitude(row)),
            _drawn.RowsFromSouthPole(frame.Latitude(TileFrame.Most)), _drawn.RowsFromSouthPole(frame.Latitude(TileFrame.Least)));
    }

    /// <summary>How many cells the tile and its buffer show, drawn or not.</summary>
    public long CellsInTile => (long)_columns.Count * _rows.Count * _square * _square;

    /// <summary>The cells of a sheet that the tile and its buffer show, row by row from the south-west.</summary>
    /// <exception cref="InvalidOperationException">The tile shows squares of cells instead.</exception>
    public IEnumerable<Cell> CellsOn(SheetId sheet)
    {
        if (_square > 1)
            throw new InvalidOperationException("At this zoom the cells are too small to be drawn one by one.");
        var (south, west) = (Math.Max(_rows.First, _fine.FirstRow(sheet)), Math.Max(_columns.First, _fine.FirstColumn(sheet)));
        var north = Math.Min(_rows.First + _rows.Count, _fine.FirstRow(sheet) + _fine.RowsPerSheet);
        var east = Math.Min(_columns.First + _columns.Count, _fine.FirstColumn(sheet) + _fine.ColumnsPerSheet);
        for (var row = south; row < north; row++)
        {
            for (var column = west; column < east; column++)
                yield return _fine.CellOf(row, column);
        }
    }

    /// <summary>Draws a set of cells; nothing where none of it, or less than half of a square everywhere, is in the tile.</summary>
    public void Draw(CellSet cells, TileGeometry geometry)
    {
        var shown = _square == 1 ? cells.Filter(cell => Shows(_drawn.Row(cell), _drawn.Column(cell))) : Squared(cells);
        if (shown.Count == 0)
            return;
        foreach (var polygon in Outline.Of(_drawn, shown).Polygons)
        {
            Draw(polygon.Shell, isShell: true, geometry);
            foreach (var hole in polygon.Holes)
                Draw(hole, isShell: false, geometry);
        }
    }

    /// <summary>Draws one cell of <see cref="CellsOn"/>.</summary>
    public void Draw(Cell cell, TileGeometry geometry)
    {
        var (row, column) = (_drawn.Row(cell), _drawn.Column(cell));
        var (west, east) = (_columns[column], _columns[column + 1]);
        var (south, north) = (_rows[row], _rows[row + 1]);
        geometry.Ring([new(west, north), new(east, north), new(east, south), new(west, south)], isShell: true);
    }

    private static bool Fits(Graticule graticule, int square) => graticule.RowsPerSheet % square == 0 && graticule.ColumnsPerSheet % square == 0;

    private bool Shows(int row, int column) => _rows.Holds(row) && _columns.Holds(column);

    private CellSet Squared(CellSet cells)
    {
        _counts.Clear();
        foreach (var cell in cells.AsSpan())
        {
            var (row, column) = (_fine.Row(cell) / _square, _fine.Column(cell) / _square);
            if (!Shows(row, column))
                continue;
            var key = _drawn.CellOf(row, column).Key;
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }

        return CellSet.Of(_counts.Where(square => 2 * square.Value >= _square * _square).Select(square => new Cell(square.Key)));
    }

    private void Draw(Vertex[] outline, bool isShell, TileGeometry geometry)
    {
        if (_ring.Length < outline.Length)
            _ring = new TilePoint[2 * outline.Length];
        for (var i = 0; i < outline.Length; i++)
            _ring[i] = new TilePoint(_columns[outline[i].Column], _rows[outline[i].Row]);
        geometry.Ring(_ring.AsSpan(0, outline.Length), isShell);
    }

    /// <summary>The edges of columns, or of rows, as units of the tile, within the buffer.</summary>
    private readonly struct GridAxis
    {
        private readonly int[] _units;

        private GridAxis(int first, int[] units) => (First, _units) = (first, units);

        /// <summary>The first step that shows.</summary>
        public int First { get; }

        /// <summary>How many steps show.</summary>
        public int Count => _units.Length - 1;

        /// <summary>Where an edge lies.</summary>
        public int this[int edge] => _units[edge - First];

        public static GridAxis Of(int steps, Func<int, double> place, double from, double to)
        {
            var first = Math.Clamp((int)Math.Floor(from) - 1, 0, steps);
            var last = Math.Clamp((int)Math.Ceiling(to) + 1, first, steps);
            var units = new int[last - first + 1];
            for (var i = 0; i < units.Length; i++)
                units[i] = (int)Math.Clamp(Math.Round(place(first + i)), TileFrame.Least, TileFrame.Most);
            // A step beyond the buffer has both of its edges on it.
            var start = 0;
            while (start + 1 < units.Length && units[start] == units[start + 1])
                start++;
            var end = units.Length - 1;
            while (end > start && units[end] == units[end - 1])
                end--;
            return new GridAxis(first + start, units[start..(end + 1)]);
        }

        public bool Holds(int step) => step >= First && step < First + Count;
    }
}
