using Registry.Core.Ground;

namespace Registry.Core.Law;

/// <summary>The ground of a jurisdiction, cell by cell.</summary>
public sealed class Jurisdiction
{
    private readonly Graticule _graticule;
    private readonly CellBitmap _cells;
    private readonly CellRun[] _runs;

    /// <param name="graticule">The graticule of the cells.</param>
    /// <param name="cells">Every cell that belongs to the jurisdiction.</param>
    public Jurisdiction(Graticule graticule, IEnumerable<Cell> cells)
    {
        var all = cells as CellSet ?? CellSet.Of(cells);
        _graticule = graticule;
        _cells = CellBitmap.Of(graticule, all);
        _runs = new CellRun[CellRun.Count(graticule, all)];
        CellRun.Find(graticule, all, _runs);
    }

    /// <summary>The sheets with ground of the jurisdiction, in their order.</summary>
    public IReadOnlyList<SheetId> Sheets => _cells.Sheets;

    /// <summary>How many cells the jurisdiction has.</summary>
    public long CellCount => _cells.Count;

    /// <summary>The cells of each row that stand side by side, in the order of cells: some 3,000 runs for Kazakhstan.</summary>
    internal IReadOnlyList<CellRun> Runs => _runs;

    /// <summary>Whether the cell belongs to the jurisdiction.</summary>
    public bool Contains(Cell cell) => _graticule.Contains(cell) && _cells.Contains(cell);

    /// <summary>Whether the cell at a place of a sheet belongs to the jurisdiction.</summary>
    public bool Contains(SheetId sheet, int index) => _cells.Contains(sheet, index);
}
