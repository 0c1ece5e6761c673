using Registry.Core.Ground;

namespace Registry.Core.Law;

/// <summary>The ground of a jurisdiction, cell by cell.</summary>
public sealed class Jurisdiction
{
    private readonly Graticule _graticule;
    private readonly Dictionary<SheetId, ulong[]> _cellsBySheet = [];

    /// <param name="graticule">The graticule of the cells.</param>
    /// <param name="cells">Every cell that belongs to the jurisdiction.</param>
    public Jurisdiction(Graticule graticule, IEnumerable<Cell> cells)
    {
        _graticule = graticule;
        // Cells mostly come row by row, and a country has a million of them: a sheet is sought once for the rest of its row.
        ulong[] bits = [];
        var (first, last, firstIndex) = (1u, 0u, 0);
        foreach (var cell in cells)
        {
            if (cell.Key < first || cell.Key > last)
            {
                bits = BitsOf(graticule.SheetOf(cell));
                firstIndex = graticule.IndexInSheet(cell);
                first = cell.Key;
                last = first + (uint)(graticule.ColumnsPerSheet - 1 - (firstIndex % graticule.ColumnsPerSheet));
            }

            var index = firstIndex + (int)(cell.Key - first);
            bits[index >> 6] |= 1UL << index;
        }

        Sheets = [.. _cellsBySheet.Keys.Order()];
        CellCount = _cellsBySheet.Values.Sum(bits => bits.Sum(word => (long)ulong.PopCount(word)));
    }

    /// <summary>The sheets with ground of the jurisdiction, in their order.</summary>
    public IReadOnlyList<SheetId> Sheets { get; }

    /// <summary>How many cells the jurisdiction has.</summary>
    public long CellCount { get; }

    /// <summary>Whether the cell belongs to the jurisdiction.</summary>
    public bool Contains(Cell cell) =>
        _graticule.Contains(cell) && Contains(_graticule.SheetOf(cell), _graticule.IndexInSheet(cell));

    /// <summary>Whether the cell at a place of a sheet belongs to the jurisdiction.</summary>
    public bool Contains(SheetId sheet, int index) =>
        _cellsBySheet.TryGetValue(sheet, out var bits) && (bits[index >> 6] & (1UL << index)) != 0;

    private ulong[] BitsOf(SheetId sheet)
    {
        if (!_cellsBySheet.TryGetValue(sheet, out var bits))
            _cellsBySheet.Add(sheet, bits = new ulong[(_graticule.CellsPerSheet + 63) / 64]);
        return bits;
    }
}
