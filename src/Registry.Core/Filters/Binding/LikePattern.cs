namespace Registry.Core.Filters.Binding;

/// <summary>A pattern of LIKE: <c>%</c> stands for any characters, <c>_</c> for one, a backslash for the character behind it.</summary>
/// <remarks>
/// The pattern is cut at its <c>%</c>. The first piece must stand at the beginning of the text, the last at its end, and each between
/// them is taken where it is found first: a later place could not leave more room for the pieces behind it, so nothing is ever tried
/// again. The time is at most the length of the text times that of the pattern, whatever the pattern.
/// </remarks>
internal sealed class LikePattern
{
    // Stands for _ in a piece; no Rune has this value.
    private const int AnyOne = -1;

    private readonly int[][] _pieces;

    private LikePattern(int[][] pieces) => _pieces = pieces;

    /// <summary>Reads a pattern; every text is one. A backslash at the very end stands for itself.</summary>
    public static LikePattern Parse(string pattern)
    {
        var pieces = new List<int[]>();
        var piece = new List<int>();
        var escaped = false;
        foreach (var rune in pattern.EnumerateRunes())
        {
            if (!escaped && rune.Value == '\\')
            {
                escaped = true;
                continue;
            }

            if (!escaped && rune.Value == '%')
            {
                pieces.Add([.. piece]);
                piece.Clear();
            }
            else
            {
                piece.Add(!escaped && rune.Value == '_' ? AnyOne : rune.Value);
            }

            escaped = false;
        }

        if (escaped)
            piece.Add('\\');
        pieces.Add([.. piece]);
        return new LikePattern([.. pieces]);
    }

    /// <summary>Whether a text is of the pattern.</summary>
    public bool Matches(string text)
    {
        var runes = Runes(text);
        var (first, last) = (_pieces[0], _pieces[^1]);
        if (_pieces.Length == 1)
            return runes.Length == first.Length && IsAt(runes, 0, first);
        if (runes.Length < first.Length + last.Length || !IsAt(runes, 0, first) || !IsAt(runes, runes.Length - last.Length, last))
            return false;
        var place = first.Length;
        var end = runes.Length - last.Length;
        for (var i = 1; i < _pieces.Length - 1; i++)
        {
            var piece = _pieces[i];
            while (place + piece.Length <= end && !IsAt(runes, place, piece))
                place++;
            place += piece.Length;
            if (place > end)
                return false;
        }

        return true;
    }

    private static bool IsAt(int[] runes, int place, int[] piece)
    {
        for (var i = 0; i < piece.Length; i++)
        {
            if (piece[i] != AnyOne && piece[i] != runes[place + i])
                return false;
        }

        return true;
    }

    private static int[] Runes(string text)
    {
        var runes = new int[text.Length];
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
            runes[count++] = rune.Value;
        return count == runes.Length ? runes : runes[..count];
    }
}
