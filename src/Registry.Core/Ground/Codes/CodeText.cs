namespace Registry.Core.Ground.Codes;

/// <summary>A place in a text of cell codes that moves forward only, so that reading takes time linear in the text.</summary>
internal ref struct CodeText(ReadOnlySpan<char> text)
{
    /// <summary>Longer texts are refused unread. A list of 180 codes in full is shorter; abbreviated, thousands fit.</summary>
    public const int MostCharacters = 4096;

    /// <summary>More cells than any title may have; ranges reach it in a short text.</summary>
    public const int MostCells = 10_000;

    /// <summary>Refuses a text by its length.</summary>
    public static readonly string TooLong = $"The text of codes is longer than {MostCharacters} characters.";

    /// <summary>Refuses a text by what it expands to.</summary>
    public static readonly string TooMany = $"The text names more than {MostCells} cells.";

    private const int MostQuoted = 16;
    private const int NumberCeiling = 1_000_000;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>Refuses a number that names nothing.</summary>
    public static string OutOfRange(string what, int number, int count) => number >= NumberCeiling
        ? $"There is no {what} of so large a number: they run from 1 to {count}."
        : $"There is no {what} {number}: they run from 1 to {count}.";

    /// <summary>The character here, or NUL at the end.</summary>
    public readonly char Here => _at < _text.Length ? _text[_at] : '\0';

    public readonly bool AtEnd => _at >= _text.Length;

    public readonly bool AtDigit => char.IsAsciiDigit(Here);

    public readonly bool AtLetter => char.IsLetter(Here);

    /// <summary>What stands here, for an error's sentence: shortened, and without halves of characters that no encoder writes.</summary>
    public readonly string Rest
    {
        get
        {
            var rest = _text[_at..].Trim();
            Span<char> quoted = stackalloc char[MostQuoted];
            var length = Math.Min(rest.Length, MostQuoted);
            for (var i = 0; i < length; i++)
                quoted[i] = char.IsSurrogate(rest[i]) || char.IsControl(rest[i]) ? '\uFFFD' : rest[i];
            return string.Concat(quoted[..length], rest.Length > MostQuoted ? "..." : "");
        }
    }

    public void Step() => _at++;

    /// <returns>Whether a line ended among the spaces.</returns>
    public bool SkipSpaces()
    {
        var lineEnded = false;
        for (; _at < _text.Length && char.IsWhiteSpace(_text[_at]); _at++)
            lineEnded |= _text[_at] is '\n' or '\r';
        return lineEnded;
    }

    /// <summary>Passes one dash of any kind that keyboards and word processors make, with the spaces on both of its sides.</summary>
    /// <returns>False, without a step, when no dash comes next.</returns>
    public bool SkipDash()
    {
        var start = _at;
        SkipSpaces();
        // Hyphen-minus; hyphen, non-breaking hyphen, figure, en and em dash, bar (U+2010 to U+2015); the minus sign.
        if (Here is '-' or (>= '\u2010' and <= '\u2015') or '\u2212')
        {
            Step();
            SkipSpaces();
            return true;
        }

        _at = start;
        return false;
    }

    /// <summary>Passes commas, semicolons and spaces.</summary>
    /// <returns>Whether there was a comma, a semicolon or the end of a line.</returns>
    public bool SkipSeparators()
    {
        var found = SkipSpaces();
        while (Here is ',' or ';')
        {
            found = true;
            Step();
            SkipSpaces();
        }

        return found;
    }

    /// <summary>Passes the word, in either case, if it is next.</summary>
    public bool SkipWord(string word)
    {
        if (!_text[_at..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
            return false;
        _at += word.Length;
        return true;
    }

    /// <summary>Passes the letters that stand here without a gap.</summary>
    public ReadOnlySpan<char> Letters()
    {
        var start = _at;
        while (AtLetter)
            Step();
        return _text[start.._at];
    }

    /// <summary>Passes words that are parted by spaces.</summary>
    public ReadOnlySpan<char> Words()
    {
        var start = _at;
        while (AtLetter || Here == ' ')
            Step();
        return _text[start.._at].TrimEnd(' ');
    }

    /// <summary>The letter that stands here or after spaces on the same line, or NUL; without a step.</summary>
    public char PeekLetter()
    {
        var start = _at;
        var letter = !SkipSpaces() && AtLetter ? Here : '\0';
        _at = start;
        return letter;
    }

    /// <summary>Passes a whole number. One that is too large for any code is cut to a million.</summary>
    public bool TryNumber(out int number)
    {
        number = 0;
        if (!AtDigit)
            return false;
        for (; AtDigit; Step())
            number = Math.Min((number * 10) + (Here - '0'), NumberCeiling);
        return true;
    }
}
