using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Registry.Core.GeoJson;

/// <summary>What the readers here need of System.Text.Json's tokens.</summary>
internal static class JsonTokens
{
    private const int MostShown = 40;

    /// <summary>Goes to the next token.</summary>
    /// <exception cref="JsonException">There is none: the text is cut short.</exception>
    public static void Advance(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw new JsonException("The text is cut short.");
    }

    /// <summary>Goes to the last token of the value at which the reader stands.</summary>
    /// <returns>How deep arrays and objects nest in the value: 0 for a number or a text.</returns>
    /// <exception cref="JsonException">The text is not JSON or is cut short.</exception>
    public static int SkipValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
            Advance(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return 0;
        var outside = reader.CurrentDepth;
        var deepest = outside;
        do
        {
            Advance(ref reader);
            deepest = Math.Max(deepest, DepthWithin(ref reader));
        }
        while (reader.CurrentDepth > outside);

        return deepest - outside;
    }

    /// <summary>How many arrays and objects are open after the token, one that begins here included.</summary>
    public static int DepthWithin(ref Utf8JsonReader reader) =>
        reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);

    /// <summary>The text of a string or of a member's name.</summary>
    /// <returns>False when it is not well-formed Unicode: stray bytes, or half of a surrogate pair.</returns>
    public static bool TryGetText(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = reader.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            // The one way in which System.Text.Json tells that the bytes of a string are no Unicode.
            text = null;
            return false;
        }
    }

    /// <summary>The token in words, for "a number was expected, not ...".</summary>
    public static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => TryGetText(ref reader, out var text) ? $"the text \"{Shortened(text)}\"" : "a text that is not Unicode",
    };

    /// <summary>A text of the sender's, short enough to be quoted back.</summary>
    public static string Shortened(string text) => text.Length <= MostShown ? text : string.Concat(text.AsSpan(0, MostShown), "...");

    /// <summary>A pointer to a member of the whole (RFC 6901, section 3).</summary>
    public static string PointerTo(string member) => "/" + member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>A position as it is shown to people: longitude, latitude.</summary>
    public static string Place(double longitude, double latitude) =>
        string.Create(CultureInfo.InvariantCulture, $"({longitude:0.#########}, {latitude:0.#########})");
}
