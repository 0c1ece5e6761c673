namespace Registry.Core.Ground.Codes;

/// <summary>How one jurisdiction names the cells of the one-minute graticule in text.</summary>
public interface ICellScheme
{
    /// <summary>The one text of a cell, as it is stored, shown and signed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scheme has no code for the cell: it lies on no sheet of its maps.</exception>
    string Format(Cell cell);

    /// <summary>The cell's name in ASCII, for addresses and logs.</summary>
    string Alias(Cell cell);

    /// <summary>
    /// Reads a code in any of the forms that people write: canonical, alias, and abbreviated lists and ranges, which expand.
    /// </summary>
    /// <param name="text">One code, one list, or several groups after one sheet.</param>
    /// <param name="cells">The cells are added in the order in which the text names them.</param>
    /// <param name="error">Why the text names no cell, in a sentence for the person who typed it; null when it does.</param>
    /// <returns>False, with nothing added, when any part of the text names no cell.</returns>
    bool TryRead(string text, ICollection<Cell> cells, out string? error);
}
