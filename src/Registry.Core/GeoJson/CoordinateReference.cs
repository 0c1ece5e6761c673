using System.Text.Json;

namespace Registry.Core.GeoJson;

/// <summary>
/// The member <c>crs</c>, which GeoJSON had until 2016 and RFC 7946 (section 4) took out. Old writers still send it; where it names
/// another reference than WGS 84, reading the numbers as degrees would put the ground elsewhere.
/// </summary>
internal static class CoordinateReference
{
    /// <summary>The sentence for another reference than WGS 84.</summary>
    public const string Refusal = "Coordinates are degrees in WGS 84 (RFC 7946); another reference system is named here.";

    /// <summary>Reads the member's value and goes to its last token.</summary>
    /// <returns>Whether it is null or names WGS 84.</returns>
    /// <exception cref="JsonException">The text is not JSON or is cut short.</exception>
    public static bool IsWgs84(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        var outside = reader.CurrentDepth;
        var named = NamesWgs84(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return named;
        do
        {
            JsonTokens.Advance(ref reader);
            named |= NamesWgs84(ref reader);
        }
        while (reader.CurrentDepth > outside);

        return named;
    }

    private static bool NamesWgs84(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && JsonTokens.TryGetText(ref reader, out var text)
        && (text.EndsWith(":CRS84", StringComparison.Ordinal)
            || (text.Contains("EPSG", StringComparison.Ordinal) && text.EndsWith(":4326", StringComparison.Ordinal)));
}
