using System.Globalization;

namespace Registry.Formats.ReferenceSystems;

/// <summary>One node of the well-known text of a reference system: <c>UNIT["metre",1]</c>. Versions 1 and 2 are built alike.</summary>
/// <param name="Keyword">In capitals.</param>
/// <param name="Texts">The texts within, in their order; the first is its name.</param>
/// <param name="Numbers">The numbers within.</param>
/// <param name="Nodes">The nodes within.</param>
internal sealed record WktNode(string Keyword, IReadOnlyList<string> Texts, IReadOnlyList<double> Numbers, IReadOnlyList<WktNode> Nodes)
{
    private const int MostCharacters = 20_000;
    private const int MostDepth = 16;

    /// <summary>Its name; empty where it has none.</summary>
    public string Name => Texts.Count > 0 ? Texts[0] : "";

    /// <summary>The first node within of one of these keywords; null when there is none.</summary>
    public WktNode? Find(params ReadOnlySpan<string> keywords)
    {
        foreach (var node in Nodes)
        {
            if (keywords.Contains(node.Keyword))
                return node;
        }

        return null;
    }

    /// <summary>Reads a text.</summary>
    /// <returns>Null when it is none, or longer than 20,000 characters, or nests deeper than 16 levels.</returns>
    public static WktNode? Read(string text)
    {
        if (text.Length > MostCharacters)
            return null;
        var at = 0;
        var node = Read(text, ref at, 0);
        return text.AsSpan(at).Trim("\0 \t\r\n").IsEmpty ? node : null;
    }

    private static WktNode? Read(string text, ref int at, int depth)
    {
        SkipBlanks(text, ref at);
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        var keyword = text[start..at].ToUpperInvariant();
        SkipBlanks(text, ref at);
        if (keyword.Length == 0 || depth > MostDepth || at == text.Length || text[at] is not ('[' or '('))
            return null;
        var (texts, numbers, nodes) = (new List<string>(), new List<double>(), new List<WktNode>());
        do
        {
            at++;
            if (!ReadItem(text, ref at, depth, texts, numbers, nodes))
                return null;
            SkipBlanks(text, ref at);
        }
        while (at < text.Length && text[at] == ',');
        return at < text.Length && text[at++] is ']' or ')' ? new(keyword, texts, numbers, nodes) : null;
    }

    private static bool ReadItem(string text, ref int at, int depth, List<string> texts, List<double> numbers, List<WktNode> nodes)
    {
        SkipBlanks(text, ref at);
        if (at == text.Length)
            return false;
        if (text[at] == '"')
        {
            var end = at;
            do
                end = text.IndexOf('"', end + 1) is var quote and >= 0 ? quote + 1 : text.Length + 1;
            while (end < text.Length && text[end] == '"');
            if (end > text.Length)
                return false;
            texts.Add(text[(at + 1)..(end - 1)].Replace("\"\"", "\"", StringComparison.Ordinal));
            at = end;
            return true;
        }

        var stop = text.AsSpan(at).IndexOfAny("[](),");
        if (stop < 0)
            return false;
        var word = text.AsSpan(at, stop).Trim();
        if (text[at + stop] is '[' or '(')
        {
            if (Read(text, ref at, depth + 1) is not { } node)
                return false;
            nodes.Add(node);
            return true;
        }

        // Words such as EAST are of no use here.
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            numbers.Add(number);
        at += stop;
        return true;
    }

    private static void SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
    }
}
