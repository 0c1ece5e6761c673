namespace Registry.Core.Ground.Codes;

/// <summary>Reads one text of Kazakh codes, left to right, in one pass.</summary>
/// <remarks>
/// A number is a section or a sub-section when a letter follows it, and a cell when none does: so <c>12,13,5б-1,10г-5а-2</c> has one
/// reading without brackets. After anything but a cell the reader is <i>wanting</i>: the text must go on to a cell.
/// </remarks>
internal ref struct KazakhCodeReader(string text, List<Cell> cells)
{
    private const int SectionSize = 10;
    private const int SubSectionSize = 5;
    private const int None = -1;

    private CodeText _text = new(text);
    private KazakhPlace _place = new(default, None, None, None, None);
    private bool _hasSheet;
    private bool _open;
    private bool _wanting;
    private string? _error;

    /// <summary>Reads all of the text into the list.</summary>
    public bool TryRead(out string? error)
    {
        _text.SkipSeparators();
        if (_text.AtEnd)
            Refuse("The text is empty; a cell code such as M-44-86-(10в-5а-12) was expected.");
        while (_error is null && !_text.AtEnd)
            ReadItem();
        if (_error is null && _wanting)
            RefuseMissing();
        if (_error is null && _open)
            Refuse("A bracket is opened and not closed.");
        error = _error;
        return error is null;
    }

    private void ReadItem()
    {
        // Between a cell and what follows it something must stand; a bracket is enough.
        var closing = _text.Here == ')';
        var read = _text.Here switch
        {
            '(' => Open(),
            ')' => Close(),
            _ when _text.AtDigit => ReadNumber(),
            _ when _text.SkipWord(KazakhCode.AliasPrefix) => ReadAlias(),
            _ when _text.AtLetter => ReadSheet(),
            _ => _wanting ? RefuseMissing() : Refuse($"A sheet such as M-44-86 was expected at \"{_text.Rest}\"."),
        };
        if (read && !_wanting && !_text.SkipSeparators() && !closing && !_text.AtEnd && _text.Here is not ('(' or ')'))
            Refuse($"A comma was expected at \"{_text.Rest}\".");
    }

    private bool Open()
    {
        if (_open)
            return Refuse("A bracket is opened inside a bracket.");
        if (!_hasSheet)
            return Refuse("A bracket is opened before a sheet is named.");
        _text.Step();
        _text.SkipSpaces();
        _open = true;
        // 10в-(5а-12) goes on with its section; after a cell a new group begins and names its own.
        if (!_wanting)
            _place = _place with { Section = None, SubSection = None, Cell = None };
        return _wanting = true;
    }

    private bool Close()
    {
        if (!_open)
            return Refuse("A bracket is closed that was not opened.");
        if (_wanting)
            return RefuseMissing();
        _text.Step();
        _open = false;
        _place = _place with { Section = None, SubSection = None, Cell = None };
        return true;
    }

    /// <summary>The 1:1,000,000 sheet and the 1:100,000 sheet, <c>M-44-86-</c>.</summary>
    private bool ReadSheet()
    {
        if (!EndSheet() || !ReadMillionth(out var sheet))
            return false;
        _text.SkipDash();
        if (!_text.TryNumber(out var number))
            return Refuse($"The number of the 1:100,000 sheet is missing after {sheet}.");
        if (!InRange(number, KazakhPlace.HundredThousands, "1:100,000 sheet", out var hundredThousand))
            return false;
        _place = new KazakhPlace(sheet, hundredThousand, None, None, None);
        if (!_text.SkipDash())
            _text.SkipSpaces();
        return _hasSheet = _wanting = true;
    }

    /// <summary>Sees to it that what was named before is complete, where a new sheet begins.</summary>
    private bool EndSheet()
    {
        if (_wanting)
            return RefuseMissing();
        return !_open || Refuse($"The bracket is not closed before \"{_text.Rest}\".");
    }

    private bool ReadMillionth(out SheetId sheet)
    {
        sheet = default;
        var letter = _text.Here;
        _text.Step();
        if (!SheetLetters.TryReadNorthernRow(letter, out var row, out var problem))
            return Refuse(problem);
        _text.SkipDash();
        if (!_text.TryNumber(out var zone))
            return Refuse($"The number of the zone is missing after the sheet letter {letter}.");
        sheet = new SheetId(row, zone);
        return InRange(zone, SheetId.Zones, "zone", out _);
    }

    /// <summary>A square when a letter follows the number, or else a cell or a range of cells.</summary>
    private bool ReadNumber()
    {
        if (!_hasSheet)
            return Refuse($"The sheet is missing before \"{_text.Rest}\".");
        _text.TryNumber(out var number);
        var letter = _text.PeekLetter();
        return letter == '\0' ? ReadCells(number) : ReadSquare(number, letter);
    }

    /// <summary>A section, <c>10в</c>, or a sub-section, <c>5а</c>, of which the number is read and the letter is not.</summary>
    private bool ReadSquare(int size, char letter)
    {
        if (size is not (SectionSize or SubSectionSize))
            return Refuse($"A section is written 10 and a letter and a sub-section 5 and a letter; {size}{letter} is neither.");
        if (char.IsAsciiLetter(letter))
            return Refuse(LatinForCyrillic.Refusal(letter));
        _text.SkipSpaces();
        _text.Step();
        if (!_text.SkipDash())
            _text.SkipSpaces();
        var index = KazakhPlace.Letters.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
        return size == SectionSize ? EnterSection(letter, index) : EnterSubSection(letter, index);
    }

    private bool EnterSection(char letter, int index)
    {
        if (_wanting && _place.Section != None)
            return RefuseMissing();
        if (index < 0)
            return Refuse($"There is no section {letter}: sections run from а to {KazakhPlace.Letters[^1]}.");
        _place = _place with { Section = index, SubSection = None, Cell = None };
        return _wanting = true;
    }

    private bool EnterSubSection(char letter, int index)
    {
        if (_place.Section == None || (_wanting && _place.SubSection != None))
            return RefuseMissing();
        if (index is < 0 or >= KazakhPlace.SubSections)
            return Refuse($"There is no sub-section {letter}: sub-sections run from а to {KazakhPlace.Letters[KazakhPlace.SubSections - 1]}.");
        _place = _place with { SubSection = index, Cell = None };
        return _wanting = true;
    }

    /// <summary>A cell or a range of cells, of which the first number is read.</summary>
    private bool ReadCells(int from)
    {
        if (_place.Section == None || _place.SubSection == None)
            return RefuseMissing();
        if (!InRange(from, KazakhPlace.Cells, "cell", out var first))
            return false;
        var last = first;
        if (_text.SkipDash() && !ReadRangeEnd(from, out last))
            return false;
        for (var cell = first; cell <= last; cell++)
        {
            if (!Add(_place with { Cell = cell }))
                return false;
        }

        _place = _place with { Cell = last };
        _wanting = false;
        return true;
    }

    private bool ReadRangeEnd(int from, out int last)
    {
        last = None;
        if (!_text.TryNumber(out var to))
            return Refuse($"The range of cells from {from} has no end.");
        if (_text.AtLetter)
            return Refuse($"A range of cells ends in a cell, not in {to}{_text.Here}.");
        if (!InRange(to, KazakhPlace.Cells, "cell", out last))
            return false;
        return to >= from || Refuse($"The range of cells {from}-{to} runs backwards.");
    }

    /// <summary>What follows <c>KZ.</c>: <c>M44.086.3.1.12</c>.</summary>
    private bool ReadAlias()
    {
        if (!EndSheet())
            return false;
        if (!_text.AtLetter)
            return Refuse("The sheet letter is missing after KZ.");
        if (!ReadMillionth(out var sheet)
            || !ReadAliasPart(KazakhPlace.HundredThousands, "1:100,000 sheet", out var hundredThousand)
            || !ReadAliasPart(KazakhPlace.Sections, "section", out var section)
            || !ReadAliasPart(KazakhPlace.SubSections, "sub-section", out var subSection)
            || !ReadAliasPart(KazakhPlace.Cells, "cell", out var cell))
            return false;
        // An alias stands alone: nothing after it is short for it.
        _hasSheet = false;
        return Add(new KazakhPlace(sheet, hundredThousand, section, subSection, cell));
    }

    private bool ReadAliasPart(int count, string what, out int index)
    {
        index = None;
        if (_text.Here != '.')
            return Refuse($"The number of the {what} is missing in the alias.");
        _text.Step();
        return _text.TryNumber(out var number)
            ? InRange(number, count, what, out index)
            : Refuse($"The number of the {what} is missing in the alias.");
    }

    private bool Add(KazakhPlace place)
    {
        if (cells.Count == CodeText.MostCells)
            return Refuse(CodeText.TooMany);
        cells.Add(place.ToCell());
        return true;
    }

    private bool InRange(int number, int count, string what, out int index)
    {
        index = number - 1;
        return (number >= 1 && number <= count) || Refuse(CodeText.OutOfRange(what, number, count));
    }

    private bool RefuseMissing() => Refuse(
        _place.Section == None ? "The section is missing: after its sheet a cell is named by a section such as 10в, a sub-section such as 5а and a number."
        : _place.SubSection == None ? $"The sub-section is missing after section 10{KazakhPlace.Letters[_place.Section]}."
        : $"The cell is missing after sub-section 5{KazakhPlace.Letters[_place.SubSection]}.");

    private bool Refuse(string? error)
    {
        _error ??= error;
        return false;
    }
}
