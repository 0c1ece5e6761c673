namespace Registry.Core.Ground.Codes;

/// <summary>Reads a code of any scheme: the shape of the text says which.</summary>
public static class CellCodes
{
    /// <summary>Reads one code or one list, as <see cref="ICellScheme.TryRead"/> does, in whichever scheme it is written.</summary>
    /// <param name="text">One code, one list, or several groups after one sheet, all in one scheme.</param>
    /// <param name="cells">The cells are added in the order in which the text names them.</param>
    /// <param name="error">Why the text names no cell, in a sentence for the person who typed it; null when it does.</param>
    /// <returns>False, with nothing added, when any part of the text names no cell.</returns>
    public static bool TryRead(string text, ICollection<Cell> cells, out string? error) =>
        TryFindScheme(text, out var scheme, out error) && scheme!.TryRead(text, cells, out error);

    /// <summary>Reads a list of codes, each of which may itself be a list, and all of which must be of one scheme.</summary>
    /// <param name="texts">The codes.</param>
    /// <param name="cells">The cells are added in the order in which the codes name them.</param>
    /// <param name="error">What is wrong with the first code that is at fault; null when none is.</param>
    /// <param name="faulty">The place of that code in the list, from 0; -1 when none is at fault.</param>
    /// <returns>False, with nothing added, when any code names no cell, or when there are more than 10,000 cells.</returns>
    public static bool TryRead(IReadOnlyList<string> texts, ICollection<Cell> cells, out string? error, out int faulty)
    {
        var read = new List<Cell>(Math.Min(texts.Count, CodeText.MostCells));
        ICellScheme? first = null;
        for (faulty = 0; faulty < texts.Count; faulty++)
        {
            if (first is null or KazakhCode && KazakhExactForm.TryRead(texts[faulty], out var one) && read.Count < CodeText.MostCells)
            {
                first = KazakhCode.Instance;
                read.Add(one);
                continue;
            }

            if (!TryFindScheme(texts[faulty], out var scheme, out error))
                return false;
            first ??= scheme;
            if (scheme != first)
            {
                error = Mixed;
                return false;
            }

            if (!scheme!.TryRead(texts[faulty], read, out error))
                return false;
            if (read.Count > CodeText.MostCells)
            {
                error = CodeText.TooMany;
                return false;
            }
        }

        foreach (var cell in read)
            cells.Add(cell);
        error = null;
        faulty = -1;
        return true;
    }

    private const string Mixed = "The list mixes codes of Kazakhstan with codes of Australia; write one scheme only.";

    /// <summary>
    /// Which scheme a text is written in. Cyrillic letters, <c>KZ.</c>, and a single letter before a dash and a number (<c>M-44</c>)
    /// are Kazakh; two Latin letters or more (<c>SE51</c>, <c>Broome</c>, <c>AU.</c>) are Australian.
    /// </summary>
    private static bool TryFindScheme(string text, out ICellScheme? scheme, out string? error)
    {
        scheme = null;
        error = null;
        if (text.Length > CodeText.MostCharacters)
        {
            error = CodeText.TooLong;
            return false;
        }

        var (kazakh, australian) = Signs(text);
        scheme = kazakh ? KazakhCode.Instance : australian ? AustralianCode.Instance : null;
        if (kazakh && australian)
            error = Mixed;
        else if (scheme is null)
            error = "The text is no cell code; one such as M-44-86-(10в-5а-12) or SE51-72-e was expected.";
        return error is null;
    }

    private static (bool Kazakh, bool Australian) Signs(string text)
    {
        var cursor = new CodeText(text);
        var kazakh = false;
        var australian = false;
        var afterDigit = false;
        while (!cursor.AtEnd)
        {
            if (cursor.SkipWord(KazakhCode.AliasPrefix))
            {
                kazakh = true;
            }
            else if (cursor.AtLetter)
            {
                var letters = cursor.Letters();
                var cyrillic = letters.ContainsAnyInRange('\u0400', '\u04FF');
                var beforeNumber = cursor.AtDigit || (cursor.SkipDash() && cursor.AtDigit);
                kazakh |= cyrillic || (letters.Length == 1 && beforeNumber);
                // In 10ab the letters are a section that is wrongly written, not a sheet.
                australian |= !cyrillic && letters.Length > 1 && !afterDigit;
                afterDigit = false;
            }
            else
            {
                afterDigit = cursor.AtDigit;
                cursor.Step();
            }
        }

        return (kazakh, australian);
    }
}
