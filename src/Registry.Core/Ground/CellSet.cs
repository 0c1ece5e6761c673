using System.Collections;
using System.Text.Json.Serialization;

namespace Registry.Core.Ground;

/// <summary>A set of cells, immutable, kept in the order of their keys: row by row from the south-west.</summary>
/// <remarks>Travels and is stored as a JSON array of keys.</remarks>
[JsonConverter(typeof(CellSetJsonConverter))]
public sealed class CellSet : IReadOnlyList<Cell>, IEquatable<CellSet>
{
    private readonly Cell[] _cells;

    private CellSet(Cell[] cells) => _cells = cells;

    /// <summary>The set of no cells.</summary>
    public static CellSet Empty { get; } = new([]);

    /// <summary>How many cells.</summary>
    public int Count => _cells.Length;

    /// <summary>The cell at a place in the order of keys.</summary>
    public Cell this[int index] => _cells[index];

    /// <summary>A set of these cells; repeated ones count once.</summary>
    public static CellSet Of(IEnumerable<Cell> cells)
    {
        var sorted = cells.ToArray();
        Array.Sort(sorted);
        var count = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
                sorted[count++] = sorted[i];
        }

        return count == 0 ? Empty : new CellSet(sorted[..count]);
    }

    /// <summary>A set of cells that are already in order and all different. The array is kept and must not change.</summary>
    internal static CellSet OfSorted(Cell[] cells) => cells.Length == 0 ? Empty : new CellSet(cells);

    /// <summary>The cells, in order, without a copy.</summary>
    public ReadOnlySpan<Cell> AsSpan() => _cells;

    /// <summary>Whether the cell is in the set. Takes the logarithm of the set's size.</summary>
    public bool Contains(Cell cell) => Array.BinarySearch(_cells, cell) >= 0;

    /// <summary>Whether every cell of the other set is in this one.</summary>
    public bool ContainsAll(CellSet other) => other._cells.All(Contains);

    /// <summary>The cells of this set that are not in the other.</summary>
    public CellSet Except(CellSet other) => Filter(cell => !other.Contains(cell));

    /// <summary>The cells in both sets.</summary>
    public CellSet Intersect(CellSet other) => Filter(other.Contains);

    /// <summary>The cells of this set for which the predicate holds.</summary>
    public CellSet Filter(Func<Cell, bool> predicate)
    {
        var kept = Array.FindAll(_cells, cell => predicate(cell));
        return kept.Length == 0 ? Empty : kept.Length == _cells.Length ? this : new CellSet(kept);
    }

    /// <summary>The sheets on which the set lies, in their order.</summary>
    public SheetId[] Sheets(Graticule graticule) => [.. _cells.Select(graticule.SheetOf).Distinct().Order()];

    /// <inheritdoc/>
    public bool Equals(CellSet? other) => other is not null && _cells.AsSpan().SequenceEqual(other._cells);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CellSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _cells.Length == 0 ? 0 : HashCode.Combine(_cells.Length, _cells[0], _cells[^1]);

    /// <inheritdoc/>
    public IEnumerator<Cell> GetEnumerator() => ((IEnumerable<Cell>)_cells).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
