using System.Text.Json;

namespace Registry.Formats.Features;

/// <summary>The properties of a feature as the members of a request's body, whatever the program that wrote the file makes of names and lists.</summary>
/// <remarks>
/// Names have no case, as in dBASE, Excel and Oracle, and one of ten characters may be a longer one that a shapefile cut. A text for a
/// member that is a list is a list as tables write it, see <see cref="ListText"/>. Blanks around a text are none of it.
/// </remarks>
public static class FeatureMembers
{
    private const int MostOfShapefile = 10;
    private static readonly string[] s_lists = ["cells", "commodities", "otherNames", "sources"];
    private static readonly string[] s_listsByCommas = ["cells", "commodities"];

    /// <summary>Which property each member is read from. Of two that could be it, the one that is named as the member is; else the first.</summary>
    /// <param name="properties">An object, or nothing.</param>
    /// <param name="known">The members that there are.</param>
    public static IReadOnlyDictionary<string, JsonProperty> Of(JsonElement properties, IReadOnlyList<string> known)
    {
        var members = new Dictionary<string, JsonProperty>(StringComparer.Ordinal);
        if (properties.ValueKind != JsonValueKind.Object)
            return members;
        foreach (var property in properties.EnumerateObject())
        {
            if (NameOf(property.Name, known) is { } member && (!members.ContainsKey(member) || property.Name == member))
                members[member] = property;
        }

        return members;
    }

    /// <summary>Writes the value of a member.</summary>
    /// <param name="json">Where to, behind the member's name.</param>
    /// <param name="member">The member.</param>
    /// <param name="value">What the property holds.</param>
    public static void WriteValue(Utf8JsonWriter json, string member, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            value.WriteTo(json);
            return;
        }

        var text = value.GetString()!.Trim();
        if (!s_lists.Contains(member))
        {
            json.WriteStringValue(text);
            return;
        }

        json.WriteStartArray();
        foreach (var item in ListText.Split(text, byCommas: s_listsByCommas.Contains(member)))
            json.WriteStringValue(item);
        json.WriteEndArray();
    }

    private static string? NameOf(string property, IReadOnlyList<string> known)
    {
        var name = property.Trim();
        return known.FirstOrDefault(member => member.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (name.Length == MostOfShapefile ? known.FirstOrDefault(member => member.StartsWith(name, StringComparison.OrdinalIgnoreCase)) : null);
    }
}
