using Registry.Core.Ground;

namespace Registry.Core.Law;

/// <summary>The ground of a jurisdiction, cell by cell.</summary>
/// <param name="graticule">The graticule of the cells.</param>
/// <param name="cells">Every cell that belongs to the jurisdiction.</param>
public sealed class Jurisdiction(Graticule graticule, IEnumerable<Cell> cells)
{
    private readonly CellBitmap _cells = CellBitmap.Of(graticule, cells as CellSet ?? CellSet.Of(cells));

    /// <summary>The sheets with ground of the jurisdiction, in their order.</summary>
    public IReadOnlyList<SheetId> Sheets => _cells.Sheets;

    /// <summary>How many cells the jurisdiction has.</summary>
    public long CellCount => _cells.Count;

    /// <summary>Whether the cell belongs to the jurisdiction.</summary>
    public bool Contains(Cell cell) => graticule.Contains(cell) && _cells.Contains(cell);

    /// <summary>Whether the cell at a place of a sheet belongs to the jurisdiction.</summary>
    public bool Contains(SheetId sheet, int index) => _cells.Contains(sheet, index);
}
