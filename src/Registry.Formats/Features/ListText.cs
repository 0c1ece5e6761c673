using System.Text.Json;
using System.Text.RegularExpressions;

namespace Registry.Formats.Features;

/// <summary>
/// A list in one field of a table, which has no lists: <c>lithium;copper</c>, or as GDAL writes one, depending on the format: a JSON array,
/// or its number and its items, <c>(2:lithium,copper)</c>.
/// </summary>
public static partial class ListText
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4 };

    /// <summary>The items, blank ones left out. A text that begins as a JSON array and is none is one item.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        if (text.AsSpan().TrimStart().StartsWith('[') && ReadArray(text) is { } items)
            return items;
        if (Counted().Match(text) is { Success: true } counted)
            text = counted.Groups[1].Value.Replace(',', ';');
        return text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    // GDAL parts the items by commas and says nothing of commas within them.
    [GeneratedRegex(@"^\s*\(\d+:(.*)\)\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Counted();

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
