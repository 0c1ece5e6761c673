using System.Globalization;

namespace Registry.Core.Ground;

/// <summary>
/// A sheet of the International Map of the World 1:1,000,000, 4 degrees of latitude by 6 of longitude: the unit in which the
/// registry is partitioned.
/// </summary>
/// <param name="Row">Rows of 4 degrees north of the equator; 0 is letter A north, -1 is letter A south.</param>
/// <param name="Zone">1 to 60, 6 degrees each, east from 180 W.</param>
public readonly record struct SheetId(int Row, int Zone) : IComparable<SheetId>
{
    /// <summary>Rows north of the equator, and south of it: A to V (84 to 88 degrees).</summary>
    public const int Rows = 22;

    /// <summary>Zones around the Earth.</summary>
    public const int Zones = 60;

    /// <summary>A number that is unique to the sheet and orders sheets from the south-west, row by row; never negative.</summary>
    public int Number => ((Row + Rows + 1) * Zones) + Zone - 1;

    /// <summary>The sheet of a <see cref="Number"/>.</summary>
    public static SheetId FromNumber(int number) => new((number / Zones) - Rows - 1, (number % Zones) + 1);

    /// <summary>Orders sheets by <see cref="Number"/>: the order in which holds are taken, so that no two filings wait for each other.</summary>
    public int CompareTo(SheetId other) => Number.CompareTo(other.Number);

    /// <summary>
    /// The sheet's name: <c>M-44</c> north of the equator; south of it, where the Australian form is the one in use, <c>SE51</c>.
    /// </summary>
    public override string ToString() => Row >= 0
        ? string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + Row)}-{Zone}")
        : string.Create(CultureInfo.InvariantCulture, $"S{(char)('A' - 1 - Row)}{Zone}");

    /// <summary>Reads a sheet's name as <see cref="ToString"/> writes it, in upper case.</summary>
    /// <returns>False when the text names no sheet.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out SheetId sheet)
    {
        sheet = default;
        var south = text is ['S', >= 'A' and <= 'V', not '-', ..];
        if (!south && text is not [>= 'A' and <= 'V', '-', ..])
            return false;
        if (!int.TryParse(text[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var zone) || zone is < 1 or > Zones)
            return false;
        sheet = south ? new SheetId('A' - 1 - text[1], zone) : new SheetId(text[0] - 'A', zone);
        return true;
    }

    /// <summary>Orders by number.</summary>
    public static bool operator <(SheetId left, SheetId right) => left.Number < right.Number;

    /// <summary>Orders by number.</summary>
    public static bool operator >(SheetId left, SheetId right) => left.Number > right.Number;

    /// <summary>Orders by number.</summary>
    public static bool operator <=(SheetId left, SheetId right) => left.Number <= right.Number;

    /// <summary>Orders by number.</summary>
    public static bool operator >=(SheetId left, SheetId right) => left.Number >= right.Number;
}
