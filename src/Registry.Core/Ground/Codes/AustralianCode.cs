using System.Globalization;

namespace Registry.Core.Ground.Codes;

/// <summary>
/// The names of cells in Western Australia and Queensland: canonical <c>SE51-72-e</c>, alias <c>AU.SE51.0072.E</c>.
/// </summary>
/// <remarks>
/// Reads, beside those two: <c>SE51 72 e</c>, the sheet's name with or without its designation (<c>Broome 72 e</c>,
/// <c>Broome (SE51) 72 e</c>), capital letters, several cells of a block (<c>72 e,f</c>, <c>72 efg</c>, <c>72 e-h</c>), several blocks
/// and several sheets. A cell that is named twice is given twice.
/// </remarks>
public sealed class AustralianCode : ICellScheme
{
    /// <summary>How every alias begins.</summary>
    internal const string AliasPrefix = "AU.";

    private AustralianCode()
    {
    }

    /// <summary>The scheme.</summary>
    public static AustralianCode Instance { get; } = new();

    /// <inheritdoc/>
    public string Format(Cell cell)
    {
        var place = PlaceOf(cell);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{place.Sheet}-{place.Block + 1}-{AustralianPlace.Letters[place.Cell]}");
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The cell lies north of the equator or south of 88 S.</exception>
    public string Alias(Cell cell)
    {
        var place = PlaceOf(cell);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{AliasPrefix}S{(char)('A' - 1 - place.Sheet.Row)}{place.Sheet.Zone:00}.{place.Block + 1:0000}.{char.ToUpperInvariant(AustralianPlace.Letters[place.Cell])}");
    }

    /// <inheritdoc/>
    public bool TryRead(string text, ICollection<Cell> cells, out string? error)
    {
        if (text.Length > CodeText.MostCharacters)
        {
            error = CodeText.TooLong;
            return false;
        }

        var read = new List<Cell>();
        if (!new AustralianCodeReader(text, read).TryRead(out error))
            return false;
        foreach (var cell in read)
            cells.Add(cell);
        return true;
    }

    private static AustralianPlace PlaceOf(Cell cell)
    {
        if (!Graticule.Minute.Contains(cell) || Graticule.Minute.SheetOf(cell).Row is >= 0 or < -SheetId.Rows)
            throw new ArgumentOutOfRangeException(nameof(cell), cell, "The Australian code names cells from the equator to 88 S.");
        return AustralianPlace.Of(cell);
    }
}
