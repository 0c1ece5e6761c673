using System.Globalization;

namespace Registry.Core.Ground;

/// <summary>
/// One cell of a graticule, by its key: <c>row * columns + column</c>, rows counted north from the south pole and columns east
/// from 180 W. What a key means in degrees is known to its <see cref="Graticule"/> alone.
/// </summary>
/// <remarks>A cell holds its south and west edges and not its north and east ones, so every point of the Earth is in one cell.</remarks>
public readonly record struct Cell(uint Key) : IComparable<Cell>
{
    /// <summary>Orders cells row by row from the south-west, the order in which a <see cref="CellSet"/> keeps them.</summary>
    public int CompareTo(Cell other) => Key.CompareTo(other.Key);

    /// <summary>Orders by key.</summary>
    public static bool operator <(Cell left, Cell right) => left.Key < right.Key;

    /// <summary>Orders by key.</summary>
    public static bool operator >(Cell left, Cell right) => left.Key > right.Key;

    /// <summary>Orders by key.</summary>
    public static bool operator <=(Cell left, Cell right) => left.Key <= right.Key;

    /// <summary>Orders by key.</summary>
    public static bool operator >=(Cell left, Cell right) => left.Key >= right.Key;

    /// <summary>The key, in decimal. Codes for people come from an <see cref="Codes.ICellScheme"/>.</summary>
    public override string ToString() => Key.ToString(CultureInfo.InvariantCulture);
}
