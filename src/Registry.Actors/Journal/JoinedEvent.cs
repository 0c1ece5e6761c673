using System.Buffers;
using System.Text.Json;

namespace Registry.Actors.Journal;

/// <summary>An event as it was appended, put together from what its entry publishes and what lies beside it.</summary>
internal static class JoinedEvent
{
    /// <summary>The event.</summary>
    /// <param name="json">The event as the entry has it.</param>
    /// <param name="values">The values that lie beside it, in their order; the first one belongs to the envelope.</param>
    /// <param name="objects">Gives what was too long for the entry, by its hash in hexadecimal digits; null where it is not there.</param>
    /// <exception cref="FormatException">A value or an object is missing.</exception>
    public static byte[] Of(ReadOnlySpan<byte> json, IEnumerator<SealedValue> values, Func<string, byte[]?> objects)
    {
        ArrayBufferWriter<byte>? joined = null;
        var reader = new Utf8JsonReader(json);
        var copied = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.StartObject || !EntryReference.TryRead(reader, out var reference))
                continue;
            joined ??= new ArrayBufferWriter<byte>(json.Length + 256);
            joined.Write(json[copied..(int)reader.TokenStartIndex]);
            if (!reference.IsSealed)
                joined.Write(objects(reference.Hash) ?? throw new FormatException($"Object {reference.Hash} is missing."));
            else if (values.MoveNext())
                joined.Write(values.Current.Json);
            else
                throw new FormatException("A sealed value is missing.");
            reader.Skip();
            copied = (int)reader.BytesConsumed;
        }

        joined?.Write(json[copied..]);
        return joined is null ? json.ToArray() : joined.WrittenSpan.ToArray();
    }
}

/// <summary>A place of an entry whose value lies beside it: <c>{"sealed":"..."}</c> or <c>{"object":"..."}</c>.</summary>
/// <param name="IsSealed">Whether the value is erasable.</param>
/// <param name="Hash">The hash, in 64 hexadecimal digits.</param>
public readonly record struct EntryReference(bool IsSealed, string Hash)
{
    /// <summary>Every such place of an entry, in order.</summary>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public static IReadOnlyList<EntryReference> In(ReadOnlySpan<byte> canonical)
    {
        var found = new List<EntryReference>();
        var reader = new Utf8JsonReader(canonical);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && TryRead(reader, out var reference))
                found.Add(reference);
        }

        return found;
    }

    /// <summary>Whether such a place begins where a reader stands. The reader is the caller's copy.</summary>
    internal static bool TryRead(Utf8JsonReader reader, out EntryReference reference)
    {
        reference = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            return false;
        var isSealed = reader.ValueTextEquals("sealed"u8);
        if (!isSealed && !reader.ValueTextEquals("object"u8))
            return false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
            return false;
        var hash = reader.GetString()!;
        reference = new EntryReference(isSealed, hash);
        return hash.Length == 64 && reader.Read() && reader.TokenType == JsonTokenType.EndObject;
    }
}
