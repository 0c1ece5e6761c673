namespace Registry.Core.Ground.Codes;

/// <summary>Reads one text of Australian codes, left to right, in one pass.</summary>
/// <remarks>
/// After a block's number single letters are its cells; two letters with a number close behind, <c>SF55</c>, are the next sheet, and
/// so is a name that is known or is followed by a bracket.
/// </remarks>
internal ref struct AustralianCodeReader(string text, List<Cell> cells)
{
    private const int None = -1;

    private CodeText _text = new(text);
    private SheetId _sheet;
    private int _block = None;
    private bool _hasSheet;
    private bool _wanting;
    private string? _error;

    /// <summary>Reads all of the text into the list.</summary>
    public bool TryRead(out string? error)
    {
        _text.SkipSeparators();
        if (_text.AtEnd)
            Refuse("The text is empty; a cell code such as SE51-72-e was expected.");
        while (_error is null && !_text.AtEnd)
        {
            if (ReadItem())
                _text.SkipSeparators();
        }

        if (_error is null && _wanting)
            RefuseMissing();
        error = _error;
        return error is null;
    }

    private bool ReadItem()
    {
        if (_text.AtDigit)
            return ReadBlock();
        if (_text.SkipWord(AustralianCode.AliasPrefix))
            return ReadAlias();
        if (!_text.AtLetter)
            return _wanting ? RefuseMissing() : Refuse($"A sheet such as SE51 was expected at \"{_text.Rest}\".");
        if (AtDesignation())
            return ReadDesignation(out var sheet) && EnterSheet(sheet);
        if (_block == None)
            return ReadName(known: false);
        var start = _text;
        if (ReadName(known: true))
            return true;
        _text = start;
        return _error is null && ReadLetters();
    }

    /// <summary>Whether two letters with a number behind them come next; before the first block the number may stand apart.</summary>
    private readonly bool AtDesignation()
    {
        var ahead = _text;
        if (ahead.Letters().Length != 2)
            return false;
        if (_block == None && !ahead.SkipDash())
            ahead.SkipSpaces();
        return ahead.AtDigit;
    }

    private bool ReadDesignation(out SheetId sheet)
    {
        sheet = default;
        var start = _text;
        if (_text.Letters() is not [var hemisphere, var row])
            return Refuse($"The designation of a sheet, such as SE51, was expected at \"{start.Rest}\".");
        row = char.ToUpperInvariant(row);
        if (hemisphere is not ('S' or 's'))
            return Refuse($"{hemisphere}{row} is no row of sheets: a sheet of the southern hemisphere is named S, the letter of its row and its zone.");
        if (row is < 'A' or > 'V')
            return Refuse($"There is no row {row} of sheets: rows run from A to V.");
        if (!_text.SkipDash())
            _text.SkipSpaces();
        if (!_text.TryNumber(out var zone))
            return Refuse($"The number of the zone is missing after S{row}.");
        sheet = new SheetId('A' - 1 - row, zone);
        return InRange(zone, SheetId.Zones, "zone", out _);
    }

    /// <summary>A sheet's name, which may be confirmed by its designation in brackets.</summary>
    /// <param name="known">Whether only a name that is known, or that a bracket follows, is taken for one.</param>
    private bool ReadName(bool known)
    {
        var name = _text.Words();
        _text.SkipSpaces();
        var found = AustralianSheets.TryFind(name, out var sheet);
        if (_text.Here != '(')
            return found ? EnterSheet(sheet) : !known && Refuse(UnknownName(name));
        _text.Step();
        _text.SkipSpaces();
        if (!ReadDesignation(out var designated))
            return false;
        _text.SkipSpaces();
        if (_text.Here != ')')
            return Refuse($"The bracket is not closed after {designated}.");
        _text.Step();
        return found && designated != sheet
            ? Refuse($"The sheet {name} is {sheet}, not {designated}.")
            : EnterSheet(designated);
    }

    private static string UnknownName(ReadOnlySpan<char> name) =>
        $"No sheet is known by the name \"{(name.Length > 32 ? name[..32] : name)}\"; write its designation, such as SE51.";

    private bool EnterSheet(SheetId sheet)
    {
        if (_wanting)
            return RefuseMissing();
        _sheet = sheet;
        if (!_text.SkipDash())
            _text.SkipSpaces();
        _block = None;
        return _hasSheet = _wanting = true;
    }

    private bool ReadBlock()
    {
        if (!_hasSheet)
            return Refuse($"The sheet is missing before \"{_text.Rest}\".");
        if (_wanting && _block != None)
            return RefuseMissing();
        _text.TryNumber(out var number);
        if (!_text.SkipDash())
            _text.SkipSpaces();
        return (_wanting = true) & InRange(number, AustralianPlace.Blocks, "block", out _block);
    }

    /// <summary>The letters of cells, without a gap, or two with a dash between for a range.</summary>
    private bool ReadLetters()
    {
        if (!_hasSheet || _block == None)
            return RefuseMissing();
        var letters = _text.Letters();
        if (_text.AtDigit)
            return Refuse($"A space was expected at \"{_text.Rest}\".");
        var last = None;
        foreach (var letter in letters)
        {
            if (!TryIndex(letter, out last) || !Add(new AustralianPlace(_sheet, _block, last)))
                return false;
        }

        _wanting = false;
        return !_text.SkipDash() || ReadRangeEnd(letters, last);
    }

    private bool ReadRangeEnd(ReadOnlySpan<char> from, int first)
    {
        var to = _text.Letters();
        if (from.Length != 1 || to.Length != 1)
            return Refuse("A range of cells has one letter on either side of its dash.");
        if (!TryIndex(to[0], out var last))
            return false;
        if (last < first)
            return Refuse($"The range of cells {from}-{to} runs backwards.");
        for (var cell = first + 1; cell <= last; cell++)
        {
            if (!Add(new AustralianPlace(_sheet, _block, cell)))
                return false;
        }

        return true;
    }

    /// <summary>What follows <c>AU.</c>: <c>SE51.0072.E</c>.</summary>
    private bool ReadAlias()
    {
        if (_wanting)
            return RefuseMissing();
        if (!ReadDesignation(out var sheet))
            return false;
        if (!_text.SkipWord(".") || !_text.TryNumber(out var number))
            return Refuse("The number of the block is missing in the alias.");
        if (!InRange(number, AustralianPlace.Blocks, "block", out var block))
            return false;
        if (!_text.SkipWord(".") || _text.Letters() is not [var letter])
            return Refuse("The letter of the cell is missing in the alias.");
        // An alias stands alone: nothing after it is short for it.
        _hasSheet = false;
        _block = None;
        return TryIndex(letter, out var cell) && Add(new AustralianPlace(sheet, block, cell));
    }

    private bool TryIndex(char letter, out int index)
    {
        index = AustralianPlace.Letters.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
        return index >= 0 || Refuse($"There is no cell {letter}: the cells of a block run from a to z, without i, in Latin letters.");
    }

    private bool Add(AustralianPlace place)
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
        !_hasSheet ? "The sheet is missing: a cell is named by a sheet such as SE51, the number of a block and a letter."
        : _block == None ? $"The number of the block is missing after {_sheet}."
        : $"The letter of the cell is missing after block {_block + 1}.");

    private bool Refuse(string error)
    {
        _error ??= error;
        return false;
    }
}
