using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Registry.Formats.Features;

/// <summary>
/// A list in one field of a table, which has no lists: <c>lithium;copper</c>, or as GDAL writes one, depending on the format: a JSON array,
/// or its number and its items, <c>(2:lithium,copper)</c>, or the items alone, <c>lithium,copper</c>.
/// </summary>
public static partial class ListText
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4 };

    /// <summary>The items, blank ones left out. A text that begins as a JSON array and is none is one item.</summary>
    /// <param name="text">The text.</param>
    /// <param name="byCommas">
    /// Whether commas part items where there are no semicolons, but for those in parentheses, as cell codes have them. Names have commas of
    /// their own.
    /// </param>
    public static IReadOnlyList<string> Split(string text, bool byCommas)
    {
        if (text.AsSpan().TrimStart().StartsWith('[') && ReadArray(text) is { } items)
            return items;
        if (Counted().Match(text) is { Success: true } counted)
        {
            // GDAL parts the items by commas and says nothing of commas within them, nor of a list that it cut.
            var inner = WithSemicolons(counted.Groups[2].Value).Split(';', StringSplitOptions.TrimEntries);
            if (inner is [""])
                inner = [];
            return inner.Length.ToString(CultureInfo.InvariantCulture) == counted.Groups[1].Value
                ? [.. inner.Where(item => item.Length > 0)]
                : [text.Trim()];
        }

        if (byCommas && !text.Contains(';', StringComparison.Ordinal))
            text = WithSemicolons(text);
        return text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"^\s*\((\d+):(.*)\)\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Counted();

    private static string WithSemicolons(string text)
    {
        var depth = 0;
        var letters = text.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            depth += letters[i] == '(' ? 1 : letters[i] == ')' ? -1 : 0;
            if (letters[i] == ',' && depth <= 0)
                letters[i] = ';';
        }

        return new string(letters);
    }

    private static List<string>? ReadArray(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var items = new List<string>();
            foreach (var item in document.RootElement.EnumerateArray())
                items.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText());
            return items;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No array, or a text in it with half of a surrogate pair.
            return null;
        }
    }
}
