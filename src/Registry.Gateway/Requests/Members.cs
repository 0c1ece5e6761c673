using System.Globalization;
using System.Text.Json;

namespace Registry.Gateway.Requests;

/// <summary>
/// One JSON object of a body, read member by member and strictly: a member that is missing, there twice, of another type, or never
/// asked for is a fault with its place, and so are more members than any object of a body has. Nothing is guessed and nothing throws.
/// </summary>
/// <remarks>An optional member that is <c>null</c> counts as left out. How each type is read stands in <see cref="MemberValues"/>.</remarks>
internal sealed class Members
{
    // Three times what any object of a body has. Names are looked for one after the other: the bound keeps that cheap.
    private const int Most = 64;

    private readonly List<Member> _members = [];
    private readonly string _pointer;

    /// <param name="element">The object. Anything else is a fault, and reads as an object without members.</param>
    /// <param name="pointer">The object's own place.</param>
    /// <param name="faults">Where faults go.</param>
    public Members(JsonElement element, string pointer, Faults faults)
    {
        (_pointer, Faults) = (pointer, faults);
        if (element.ValueKind != JsonValueKind.Object)
        {
            IsObject = false;
            faults.Add(pointer, $"An object was expected, not {Describe(element)}.");
            return;
        }

        IsObject = true;
        var count = 0;
        foreach (var property in element.EnumerateObject())
        {
            if (++count > Most)
            {
                faults.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"The object has more than {Most} members."));
                return;
            }

            Add(property);
        }
    }

    /// <summary>Where faults go.</summary>
    public Faults Faults { get; }

    /// <summary>Whether there is an object at all.</summary>
    public bool IsObject { get; }

    /// <summary>Whether the member is there, even as <c>null</c>. Makes it one that is asked for.</summary>
    public bool Has(string name) => Find(name) >= 0;

    /// <summary>Whether the member is there as <c>null</c>. Makes it one that is asked for.</summary>
    public bool IsNull(string name) => Find(name) is >= 0 and var at && _members[at].Value.ValueKind == JsonValueKind.Null;

    /// <summary>The place of a member.</summary>
    public string PointerTo(string name) => $"{_pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>Notes a fault of a member.</summary>
    public void Refuse(string name, string detail) => Faults.Add(PointerTo(name), detail);

    /// <summary>The value of a member, when it is there and not <c>null</c>.</summary>
    public JsonElement? Optional(string name) =>
        Find(name) is >= 0 and var at && _members[at].Value.ValueKind != JsonValueKind.Null ? _members[at].Value : null;

    /// <summary>The value of a member that has to be there; a fault when it is not.</summary>
    public JsonElement? Required(string name)
    {
        var value = Optional(name);
        if (value is null && IsObject)
            Refuse(name, $"The member \"{name}\" is missing.");
        return value;
    }

    /// <summary>Ends the reading: members that were never asked for are faults.</summary>
    public void RefuseOthers()
    {
        foreach (var member in _members.Where(member => !member.IsAskedFor))
            Refuse(member.Name, $"There is no member \"{Shortened(member.Name)}\" here.");
    }

    /// <summary>What a value is, for a sentence.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "null",
    };

    /// <summary>A text of the sender's, short enough to send back.</summary>
    public static string Shortened(string text)
    {
        const int most = 40;
        return text.Length <= most ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..most]}...");
    }

    private void Add(JsonProperty property)
    {
        string name;
        try
        {
            name = property.Name;
        }
        catch (InvalidOperationException)
        {
            // Thrown for an escape that is half of a character: \ud800.
            Faults.Add(_pointer, "The name of a member is not Unicode text.");
            return;
        }

        if (_members.Exists(member => member.Name == name))
            Refuse(name, $"The member \"{Shortened(name)}\" is there twice.");
        else
            _members.Add(new Member(name, property.Value, IsAskedFor: false));
    }

    private int Find(string name)
    {
        var at = _members.FindIndex(member => member.Name == name);
        if (at >= 0)
            _members[at] = _members[at] with { IsAskedFor = true };
        return at;
    }

    private readonly record struct Member(string Name, JsonElement Value, bool IsAskedFor);
}
