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
        foreach (var cell in cells)
        {
            var sheet = graticule.SheetOf(cell);
            if (!_cellsBySheet.TryGetValue(sheet, out var bits))
                _cellsBySheet.Add(sheet, bits = new ulong[(graticule.CellsPerSheet + 63) / 64]);
            var index = graticule.IndexInSheet(cell);
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
}
