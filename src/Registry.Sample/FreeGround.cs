using NetTopologySuite.Geometries;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Sample;

/// <summary>
/// The ground of a jurisdiction as a grid with a border around it, in which shapes are grown fast. A place is an index into the grid:
/// its neighbours are one less, one more, <see cref="Width"/> less and <see cref="Width"/> more.
/// </summary>
internal sealed class FreeGround
{
    private const int None = 0;
    private readonly Graticule _graticule;
    private readonly int _firstRow;
    private readonly int _firstColumn;
    private readonly bool[] _free;

    // The shape that last counted a place among its neighbours; None for no shape yet.
    private readonly int[] _frontierOf;
    private readonly List<int> _frontier = [];
    private int _shape = None;

    /// <summary>All the cells of a regime's jurisdiction, free.</summary>
    public FreeGround(Regime regime)
    {
        _graticule = regime.Graticule;
        var sheets = regime.Jurisdiction.Sheets;
        _firstRow = sheets.Min(_graticule.FirstRow) - 1;
        _firstColumn = sheets.Min(_graticule.FirstColumn) - 1;
        Width = sheets.Max(_graticule.FirstColumn) + _graticule.ColumnsPerSheet + 1 - _firstColumn;
        Height = sheets.Max(_graticule.FirstRow) + _graticule.RowsPerSheet + 1 - _firstRow;
        _free = new bool[Width * Height];
        _frontierOf = new int[Width * Height];
        foreach (var sheet in sheets)
        {
            var corner = PlaceOf(_graticule.CellOf(sheet, 0));
            for (var index = 0; index < _graticule.CellsPerSheet; index++)
            {
                if (regime.Jurisdiction.Contains(sheet, index))
                    _free[corner + (index / _graticule.ColumnsPerSheet * Width) + (index % _graticule.ColumnsPerSheet)] = true;
            }
        }

        FreeCount = _free.Count(free => free);
    }

    /// <summary>How many places a row has.</summary>
    public int Width { get; }

    /// <summary>How many rows there are.</summary>
    public int Height { get; }

    /// <summary>How many places are free.</summary>
    public int FreeCount { get; private set; }

    /// <summary>Whether a place is free. One outside the grid is not.</summary>
    public bool IsFree(int place) => (uint)place < (uint)_free.Length && _free[place];

    /// <summary>Takes cells out of the free ground; those that are not in it are passed over.</summary>
    public void Close(IEnumerable<Cell> cells)
    {
        foreach (var cell in cells)
        {
            var (row, column) = (_graticule.Row(cell) - _firstRow, _graticule.Column(cell) - _firstColumn);
            if (row >= 0 && row < Height && column >= 0 && column < Width && _free[(row * Width) + column])
                Take((row * Width) + column);
        }
    }

    /// <summary>The place of the cell that holds a point in degrees.</summary>
    public int PlaceOf(Point point) => PlaceOf(_graticule.CellAt(point.X, point.Y));

    /// <summary>The cell of a place.</summary>
    public Cell CellOf(int place) => _graticule.CellOf(_firstRow + (place / Width), _firstColumn + (place % Width));

    /// <summary>A free place, each as likely as any other.</summary>
    public int AnyFree(SplitMix64 random)
    {
        while (true)
        {
            var place = random.Below(_free.Length);
            if (_free[place])
                return place;
        }
    }

    /// <summary>
    /// Grows a shape from a free place over sides, and takes its ground. Of a few neighbours picked at random the one with the least free
    /// ground around it comes next, which keeps the shape compact and leaves few holes.
    /// </summary>
    /// <param name="start">The first place; free.</param>
    /// <param name="most">How many places are wanted; there are fewer when the free ground around the start ends before.</param>
    /// <param name="random">Picks the neighbours.</param>
    /// <returns>The places in the order of growth: each but the first has a side with one before it.</returns>
    public List<int> Grow(int start, int most, SplitMix64 random)
    {
        const int picks = 4;
        _shape++;
        _frontier.Clear();
        var shape = new List<int>(most);
        for (var next = start; ;)
        {
            Take(next);
            shape.Add(next);
            Reach(next - 1);
            Reach(next + 1);
            Reach(next - Width);
            Reach(next + Width);
            if (shape.Count == most || _frontier.Count == 0)
                return shape;

            var best = random.Below(_frontier.Count);
            for (var i = 1; i < picks; i++)
            {
                var other = random.Below(_frontier.Count);
                if (FreeAround(_frontier[other]) < FreeAround(_frontier[best]))
                    best = other;
            }

            next = _frontier[best];
            _frontier[best] = _frontier[^1];
            _frontier.RemoveAt(_frontier.Count - 1);
        }
    }

    private int PlaceOf(Cell cell) => ((_graticule.Row(cell) - _firstRow) * Width) + _graticule.Column(cell) - _firstColumn;

    private void Take(int place)
    {
        _free[place] = false;
        FreeCount--;
    }

    private void Reach(int place)
    {
        if (!_free[place] || _frontierOf[place] == _shape)
            return;
        _frontierOf[place] = _shape;
        _frontier.Add(place);
    }

    private int FreeAround(int place) =>
        (_free[place - 1] ? 1 : 0) + (_free[place + 1] ? 1 : 0) + (_free[place - Width] ? 1 : 0) + (_free[place + Width] ? 1 : 0);
}
