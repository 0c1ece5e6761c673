using System.Text.Json;
using System.Text.RegularExpressions;

namespace Registry.Core.GeoJson;

/// <summary>
/// The member <c>crs</c>, which GeoJSON had until 2016 and RFC 7946 (section 4) took out. Old writers still send it; where it names
/// another reference than WGS 84, reading the numbers as degrees would put the ground elsewhere.
/// </summary>
internal static partial class CoordinateReference
{
    /// <summary>Reads the member's value and goes to its last token.</summary>
    /// <returns>What is wrong: it names another reference system than WGS 84. Null when it is null or names WGS 84.</returns>
    /// <exception cref="JsonException">The text is not JSON or is cut short.</exception>
    public static string? Fault(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        var outside = reader.CurrentDepth;
        var (isWgs84, other) = (false, default(string));
        Look(ref reader);
        var isWithin = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        while (isWithin)
        {
            JsonTokens.Advance(ref reader);
            Look(ref reader);
            isWithin = reader.CurrentDepth > outside;
        }

        if (isWgs84)
            return null;
        var named = other is null ? "another reference system" : $"\"{JsonTokens.Shortened(other)}\"";
        return $"Coordinates are degrees in WGS 84 (RFC 7946); {named} is named here. Transform it first: ogr2ogr -t_srs EPSG:4326.";

        void Look(ref Utf8JsonReader token)
        {
            if (token.TokenType == JsonTokenType.Number)
                isWgs84 |= token.TryGetInt32(out var code) && code == Wgs84.Srid;
            if (token.TokenType != JsonTokenType.String || !JsonTokens.TryGetText(ref token, out var text))
                return;
            isWgs84 |= NamesWgs84().IsMatch(text);
            if (text is not ("name" or "EPSG" or "link"))
                other ??= text;
        }
    }

    // CRS84 and 4326 as EPSG:4326, urn:ogc:def:crs:EPSG::4326, http://www.opengis.net/def/crs/OGC/1.3/CRS84, epsg.xml#4326 have them.
    [GeneratedRegex(@"^\s*(.*[:/#])?(crs:?84|wgs ?84)\s*$|epsg(.*[:/#])4326\s*$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex NamesWgs84();
}
