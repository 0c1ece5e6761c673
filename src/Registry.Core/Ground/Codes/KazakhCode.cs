using System.Globalization;

namespace Registry.Core.Ground.Codes;

/// <summary>
/// Kazakhstan's names of cells: canonical <c>M-44-86-(10в-5а-12)</c>, alias <c>KZ.M44.086.3.1.12</c> (sheet, section, sub-section
/// and cell as numbers).
/// </summary>
/// <remarks>
/// Code on Subsoil and Subsoil Use, Art. 19(2). Reads, beside those two: lists and ranges (<c>10в-5а-12,13,15-18</c>), several groups
/// after one sheet (<c>(10в-5а-12; 5б-1; 10г-5б-3)</c> or <c>(10в-5а-12), (10г-5б-3)</c>), several sheets one after another, missing
/// brackets, spaces, any dash, capital letters, and sheet letters typed in Cyrillic look-alikes. A cell that is named twice is given
/// twice. What has two readings is refused with both of them.
/// </remarks>
public sealed class KazakhCode : ICellScheme
{
    /// <summary>How every alias begins.</summary>
    internal const string AliasPrefix = "KZ.";

    private KazakhCode()
    {
    }

    /// <summary>The scheme.</summary>
    public static KazakhCode Instance { get; } = new();

    /// <inheritdoc/>
    public string Format(Cell cell)
    {
        var place = PlaceOf(cell);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{place.Sheet}-{place.HundredThousand + 1}-(10{KazakhPlace.Letters[place.Section]}-5{KazakhPlace.Letters[place.SubSection]}-{place.Cell + 1})");
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The cell lies south of the equator or north of 88 N.</exception>
    public string Alias(Cell cell)
    {
        var place = PlaceOf(cell);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{AliasPrefix}{(char)('A' + place.Sheet.Row)}{place.Sheet.Zone:00}.{place.HundredThousand + 1:000}.{place.Section + 1}.{place.SubSection + 1}.{place.Cell + 1}");
    }

    /// <inheritdoc/>
    public bool TryRead(string text, ICollection<Cell> cells, out string? error)
    {
        if (text.Length > CodeText.MostCharacters)
        {
            error = CodeText.TooLong;
            return false;
        }

        if (KazakhExactForm.TryRead(text, out var one))
        {
            cells.Add(one);
            error = null;
            return true;
        }

        var read = new List<Cell>();
        if (!new KazakhCodeReader(text, read).TryRead(out error))
            return false;
        foreach (var cell in read)
            cells.Add(cell);
        return true;
    }

    private static KazakhPlace PlaceOf(Cell cell)
    {
        if (!Graticule.Minute.Contains(cell) || Graticule.Minute.SheetOf(cell).Row is < 0 or >= SheetId.Rows)
            throw new ArgumentOutOfRangeException(nameof(cell), cell, "The Kazakh code names cells from the equator to 88 N.");
        return KazakhPlace.Of(cell);
    }
}
