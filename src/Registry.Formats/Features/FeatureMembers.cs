using System.Text;
using System.Text.Json;

namespace Registry.Formats.Features;

/// <summary>The properties of a file's features as the members of a request's body, whatever the program that wrote the file makes of names and lists.</summary>
/// <remarks>
/// Names have no case, as in dBASE, Excel and Oracle, and one of ten characters may be a longer one that a shapefile cut. A text for a
/// member that is a list is a list as tables write it, see <see cref="ListText"/>. Blanks around a text are none of it.
/// <para>The rows of a table have the same names in the same places: each name is looked up once, and compared with in every row.</para>
/// </remarks>
/// <param name="known">The members that there are.</param>
public sealed class FeatureMembers(IReadOnlyList<string> known)
{
    /// <summary>The most names that <see cref="Unread"/> tells.</summary>
    public const int MostUnread = 100;

    private const int MostOfShapefile = 10;
    private const int MostPlaces = 256;

    private static readonly string[] s_lists = ["cells", "commodities", "otherNames", "sources"];
    private static readonly string[] s_listsByCommas = ["cells", "commodities"];

    private readonly List<Named> _places = [];
    private readonly SortedSet<string> _unread = new(StringComparer.Ordinal);

    /// <summary>The names of properties that no member was read from, in order; of very many not all.</summary>
    public IReadOnlyCollection<string> Unread => _unread;

    /// <summary>Which property each member is read from. Of two that could be it, the one that is named as the member is; else the first.</summary>
    /// <param name="properties">An object, or nothing.</param>
    public IReadOnlyDictionary<string, JsonProperty> Of(JsonElement properties)
    {
        var members = new Dictionary<string, JsonProperty>(StringComparer.Ordinal);
        if (properties.ValueKind != JsonValueKind.Object)
            return members;
        var place = 0;
        foreach (var property in properties.EnumerateObject())
        {
            var named = At(place++, property);
            if (named.Member is not { } member)
            {
                Tell(named);
            }
            else if (!members.TryGetValue(member, out var other))
            {
                members.Add(member, property);
            }
            else if (named.Name == member)
            {
                if (other.Name != member)
                    Tell(new Named(other.Name, null));
                members[member] = property;
            }
            else
            {
                Tell(named);
            }
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

    // What a place has held last is most likely there again.
    private Named At(int place, JsonProperty property)
    {
        if (place < _places.Count && property.NameEquals(_places[place].Utf8))
            return _places[place];
        var named = new Named(property.Name, MemberOf(property.Name));
        if (place < _places.Count)
            _places[place] = named;
        else if (place < MostPlaces)
            _places.Add(named);
        return named;
    }

    private void Tell(Named named)
    {
        if (named.IsTold || _unread.Count == MostUnread)
            return;
        named.IsTold = true;
        _unread.Add(named.Name);
    }

    private string? MemberOf(string property)
    {
        var name = property.Trim();
        return known.FirstOrDefault(member => member.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (name.Length == MostOfShapefile ? known.FirstOrDefault(member => member.StartsWith(name, StringComparison.OrdinalIgnoreCase)) : null);
    }

    private sealed class Named(string name, string? member)
    {
        public string Name => name;

        public string? Member => member;

        public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);

        public bool IsTold { get; set; }
    }
}
