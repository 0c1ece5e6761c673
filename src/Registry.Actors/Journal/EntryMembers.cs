using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Registry.Core;

namespace Registry.Actors.Journal;

/// <summary>
/// Which members of an event are kept beside its entry whatever their length: those that are marked <see cref="ErasableAttribute"/> or
/// <see cref="ApartAttribute"/>, found in the records of the events themselves, so that a new event says it where it is declared.
/// </summary>
internal sealed class EntryMembers
{
    private static readonly FrozenDictionary<(Collection, string), EntryMembers> s_events = ReadEvents();

    private readonly (byte[] Name, EntryMembers Members)[] _members;

    private EntryMembers(byte? erased, bool isApart, IEnumerable<(string Name, EntryMembers Members)> members)
    {
        Erased = erased;
        IsApart = isApart;
        _members = [.. members.Select(member => (Encoding.UTF8.GetBytes(member.Name), member.Members))];
    }

    /// <summary>Whether the member is kept beside the entry, whole, and can be erased.</summary>
    public bool IsErasable => Erased is not null;

    /// <summary>What is left of the member when it is erased: see <see cref="SealedValue.Kind"/>. Null where it cannot be.</summary>
    public byte? Erased { get; }

    /// <summary>Whether the member is kept beside the entry as an object, however short it is.</summary>
    public bool IsApart { get; }

    /// <summary>Whether the member is an object some of whose members are kept beside the entry.</summary>
    public bool HasMembers => _members.Length > 0;

    /// <summary>The members of an event; null where none is kept beside the entry.</summary>
    /// <param name="collection">Of what kind the object is that changes.</param>
    /// <param name="type">The event's <c>type</c>.</param>
    /// <exception cref="NotSupportedException">No event of that type is known: it must not be published unread.</exception>
    public static EntryMembers Of(Collection collection, string type) => s_events.TryGetValue((collection, type), out var members)
        ? members
        : throw new NotSupportedException($"No event '{type}' of {StreamId.NameOf(collection)} is known.");

    /// <summary>The member on whose name a reader stands; null where it is published as it is.</summary>
    public EntryMembers? Find(ref Utf8JsonReader reader)
    {
        foreach (var (name, members) in _members)
        {
            if (reader.ValueTextEquals(name))
                return members;
        }

        return null;
    }

    /// <summary>The member of a name; null where it is published as it is.</summary>
    public EntryMembers? Find(JsonProperty named)
    {
        foreach (var (name, members) in _members)
        {
            if (named.NameEquals(name))
                return members;
        }

        return null;
    }

    private static FrozenDictionary<(Collection, string), EntryMembers> ReadEvents() =>
        FoldedObject.Events.SelectMany(kind => kind.Event.GetCustomAttributes<JsonDerivedTypeAttribute>()
                .Select(derived => ((kind.Collection, (string)derived.TypeDiscriminator!), Of(derived.DerivedType) ?? new EntryMembers(null, false, []))))
            .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2);

    private static EntryMembers? Of(Type record)
    {
        var members = record.GetProperties().Select(property => (Name: JsonNamingPolicy.CamelCase.ConvertName(property.Name), Members: Of(property)))
            .Where(member => member.Members is not null).Select(member => (member.Name, member.Members!)).ToList();
        return members.Count > 0 ? new EntryMembers(null, false, members) : null;
    }

    // Records of our own are looked into; lists are not, they are kept beside the entry whole or not at all.
    private static EntryMembers? Of(PropertyInfo property) =>
        property.GetCustomAttribute<ErasableAttribute>() is not null ? new EntryMembers(SealedValue.ErasedKindOf(property.PropertyType), false, [])
        : property.GetCustomAttribute<ApartAttribute>() is not null ? new EntryMembers(null, true, [])
        : property.PropertyType is { IsClass: true } type && type.Assembly == typeof(ErasableAttribute).Assembly && type != property.DeclaringType ? Of(type)
        : null;
}
