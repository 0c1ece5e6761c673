using System.Collections.Frozen;
using System.Numerics;

namespace Registry.Core.Ground;

/// <summary>A large set of cells, such as the ground of a country, at one bit a cell: 10,800 bytes for each sheet on which it lies.</summary>
/// <remarks>Kazakhstan takes about 290 kB; as a <see cref="CellSet"/> it takes 4.7 MB. Immutable, and safe to read from many threads.</remarks>
public sealed class CellBitmap
{
    private const int BitsPerWord = 64;

    private readonly Graticule _graticule;
    private readonly FrozenDictionary<SheetId, SheetBits> _sheets;

    private CellBitmap(Graticule graticule, FrozenDictionary<SheetId, SheetBits> sheets)
    {
        _graticule = graticule;
        _sheets = sheets;
        Sheets = [.. sheets.Keys.Order()];
        Count = sheets.Values.Sum(sheet => sheet.Count);
    }

    /// <summary>The sheets on which the set has a cell, in their order.</summary>
    public IReadOnlyList<SheetId> Sheets { get; }

    /// <summary>How many cells.</summary>
    public int Count { get; }

    /// <summary>The bitmap of a set.</summary>
    public static CellBitmap Of(Graticule graticule, CellSet cells)
    {
        var sheets = new Dictionary<SheetId, ulong[]>();
        var runs = new CellRun[CellRun.Count(graticule, cells)];
        CellRun.Find(graticule, cells, runs);
        foreach (var run in runs)
        {
            for (var column = run.First; column <= run.Last;)
            {
                var first = graticule.CellOf(run.Row, column);
                var sheet = graticule.SheetOf(first);
                if (!sheets.TryGetValue(sheet, out var bits))
                    sheets[sheet] = bits = new ulong[(graticule.CellsPerSheet + BitsPerWord - 1) / BitsPerWord];
                var count = Math.Min(run.Last + 1, graticule.FirstColumn(sheet) + graticule.ColumnsPerSheet) - column;
                var index = graticule.IndexInSheet(first);
                for (var i = index; i < index + count; i++)
                    bits[i / BitsPerWord] |= 1UL << (i % BitsPerWord);
                column += count;
            }
        }

        return new(graticule, sheets.ToFrozenDictionary(sheet => sheet.Key, sheet => new SheetBits(sheet.Value)));
    }

    /// <summary>Whether the cell is in the set. Takes constant time.</summary>
    public bool Contains(Cell cell) =>
        _sheets.TryGetValue(_graticule.SheetOf(cell), out var sheet) && sheet.Contains(_graticule.IndexInSheet(cell));

    /// <summary>Whether the cell at a place of a sheet (<see cref="Graticule.IndexInSheet"/>) is in the set.</summary>
    public bool Contains(SheetId sheet, int index) => _sheets.TryGetValue(sheet, out var bits) && bits.Contains(index);

    /// <summary>How many cells of a sheet are in the set.</summary>
    public int CountIn(SheetId sheet) => _sheets.TryGetValue(sheet, out var bits) ? bits.Count : 0;

    /// <summary>The cells of a set that are not in this one.</summary>
    public CellSet Outside(CellSet cells) => cells.Filter(cell => !Contains(cell));

    private sealed class SheetBits(ulong[] words)
    {
        public int Count { get; } = words.Sum(BitOperations.PopCount);

        public bool Contains(int index) => (words[index / BitsPerWord] >> (index % BitsPerWord) & 1) != 0;
    }
}
