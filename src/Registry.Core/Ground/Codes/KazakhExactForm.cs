namespace Registry.Core.Ground.Codes;

/// <summary>
/// Reads a Kazakh code that is written exactly as <see cref="KazakhCode"/> writes it, canonical or alias: what programs send, and
/// what has one reading. Anything else is left to <see cref="KazakhCodeReader"/>, which also explains what is wrong.
/// </summary>
internal ref struct KazakhExactForm(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>Reads one code.</summary>
    /// <returns>False when the text is not exactly one code of either form.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out Cell cell)
    {
        var form = new KazakhExactForm(text);
        var read = text.StartsWith(KazakhCode.AliasPrefix, StringComparison.Ordinal)
            ? form.TryAlias(out var place)
            : form.TryCanonical(out place);
        cell = read ? place.ToCell() : default;
        return read;
    }

    // M-44-86-(10в-5а-12)
    private bool TryCanonical(out KazakhPlace place)
    {
        place = default;
        return TryRow(out var row) && Skip("-") && TryNumber(SheetId.Zones, out var zone)
            && Skip("-") && TryNumber(KazakhPlace.HundredThousands, out var hundredThousand)
            && Skip("-(10") && TryLetter(KazakhPlace.Sections, out var section)
            && Skip("-5") && TryLetter(KazakhPlace.SubSections, out var subSection)
            && Skip("-") && TryNumber(KazakhPlace.Cells, out var cell) && _rest is ")"
            && Enter(row, zone, hundredThousand, section, subSection, cell, out place);
    }

    // KZ.M44.086.3.1.12
    private bool TryAlias(out KazakhPlace place)
    {
        place = default;
        return Skip(KazakhCode.AliasPrefix) && TryRow(out var row) && TryNumber(SheetId.Zones, out var zone)
            && Skip(".") && TryNumber(KazakhPlace.HundredThousands, out var hundredThousand)
            && Skip(".") && TryNumber(KazakhPlace.Sections, out var section)
            && Skip(".") && TryNumber(KazakhPlace.SubSections, out var subSection)
            && Skip(".") && TryNumber(KazakhPlace.Cells, out var cell) && _rest.IsEmpty
            && Enter(row, zone, hundredThousand, section - 1, subSection - 1, cell, out place);
    }

    private static bool Enter(int row, int zone, int hundredThousand, int section, int subSection, int cell, out KazakhPlace place)
    {
        place = new KazakhPlace(new SheetId(row, zone), hundredThousand - 1, section, subSection, cell - 1);
        return true;
    }

    private bool TryRow(out int row)
    {
        row = _rest.IsEmpty ? -1 : _rest[0] - 'A';
        if (row is < 0 or >= SheetId.Rows)
            return false;
        _rest = _rest[1..];
        return true;
    }

    private bool TryLetter(int count, out int index)
    {
        index = _rest.IsEmpty ? -1 : KazakhPlace.Letters.AsSpan(0, count).IndexOf(_rest[0]);
        if (index < 0)
            return false;
        _rest = _rest[1..];
        return true;
    }

    private bool TryNumber(int most, out int number)
    {
        number = 0;
        var digits = 0;
        while (digits < _rest.Length && digits < 3 && char.IsAsciiDigit(_rest[digits]))
            number = (number * 10) + _rest[digits++] - '0';
        _rest = _rest[digits..];
        return number >= 1 && number <= most;
    }

    private bool Skip(ReadOnlySpan<char> expected)
    {
        if (!_rest.StartsWith(expected))
            return false;
        _rest = _rest[expected.Length..];
        return true;
    }
}
