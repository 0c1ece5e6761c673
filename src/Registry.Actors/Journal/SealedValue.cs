using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Security.Cryptography;
using System.Text.Json;

namespace Registry.Actors.Journal;

/// <summary>
/// An erasable value of an entry, as it is kept beside it. What lies beside an entry is a row of them, in the order in which their hashes
/// stand in it: a byte that says what follows, and, where it was not erased, the length of the value in 4 bytes, the salt and the value.
/// </summary>
/// <param name="Kind"><see cref="Kept"/>, or what a value was that is erased.</param>
/// <param name="Salted">Salt and value; empty where they are erased.</param>
public readonly record struct SealedValue(byte Kind, ReadOnlyMemory<byte> Salted)
{
    internal const byte Kept = (byte)'k';
    internal const int HeaderBytes = 1 + sizeof(int) + ISalts.Length;

    private const byte Text = (byte)'t';
    private const byte Texts = (byte)'l';
    private const byte Others = (byte)'o';

    /// <summary>What is shown in place of a text that was erased.</summary>
    public const string Withheld = "withheld";

    /// <summary>Whether salt and value are erased.</summary>
    public bool IsErased => Kind != Kept;

    /// <summary>The value in UTF-8 as JSON; the word <c>withheld</c> where it is erased, alone or as a list, or a list of nothing.</summary>
    public ReadOnlySpan<byte> Json => Kind switch
    {
        Kept => Salted.Span[ISalts.Length..],
        Text => "\"withheld\""u8,
        Texts => "[\"withheld\"]"u8,
        _ => "[]"u8,
    };

    /// <summary>SHA-256(salt || value), 32 bytes.</summary>
    /// <exception cref="InvalidOperationException">They are erased.</exception>
    public byte[] Hash() => IsErased ? throw new InvalidOperationException("The value is erased.") : SHA256.HashData(Salted.Span);

    /// <summary>The values that lie beside an entry.</summary>
    /// <exception cref="FormatException">The bytes are no such values.</exception>
    public static IReadOnlyList<SealedValue> Read(ReadOnlyMemory<byte> beside)
    {
        var values = new List<SealedValue>();
        while (!beside.IsEmpty)
        {
            var kind = beside.Span[0];
            if (kind is not (Kept or Text or Texts or Others) || (kind == Kept && beside.Length < HeaderBytes))
                throw new FormatException("What lies beside the entry cannot be read.");
            var length = kind == Kept ? BinaryPrimitives.ReadInt32LittleEndian(beside.Span[1..]) : 0;
            var whole = kind == Kept ? HeaderBytes + length : 1;
            if (length < 0 || whole < 0 || whole > beside.Length)
                throw new FormatException("What lies beside the entry cannot be read.");
            values.Add(new SealedValue(kind, kind == Kept ? beside[(HeaderBytes - ISalts.Length)..whole] : default));
            beside = beside[whole..];
        }

        return values;
    }

    /// <summary>What lies beside an entry, without some of its values.</summary>
    /// <param name="beside">What lies beside it now.</param>
    /// <param name="places">The places of the values that are erased, counted from 0.</param>
    public static byte[] Erase(ReadOnlyMemory<byte> beside, IReadOnlySet<int> places)
    {
        var left = new ArrayBufferWriter<byte>(beside.Length);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var (place, value) in Read(beside).Index())
        {
            if (value.IsErased || places.Contains(place))
            {
                left.Write([value.IsErased ? value.Kind : KindOf(value.Json)]);
                continue;
            }

            BinaryPrimitives.WriteInt32LittleEndian(length, value.Json.Length);
            left.Write([Kept]);
            left.Write(length);
            left.Write(value.Salted.Span);
        }

        return left.WrittenSpan.ToArray();
    }

    /// <summary>What lies beside an entry whose values are all lost: as if each had been erased.</summary>
    /// <param name="canonical">The entry's bytes.</param>
    /// <exception cref="FormatException">They are no entry of a type that is known.</exception>
    public static byte[] Lost(ReadOnlySpan<byte> canonical)
    {
        try
        {
            using var document = JsonDocument.Parse(canonical.ToArray());
            var root = document.RootElement;
            var change = root.GetProperty("event"u8);
            // The name of who caused it comes first.
            var kinds = new List<byte> { Text };
            AddLost(change, EntryMembers.Of(StreamId.Parse(root.GetProperty("stream"u8).GetString()!).Collection, change.GetProperty("type"u8).GetString()!), kinds);
            return EntryReference.In(canonical).Count(reference => reference.IsSealed) == kinds.Count
                ? [.. kinds]
                : throw new FormatException("The entry seals other members than its type has.");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"The bytes are no entry of this release: {fault.Message}", fault);
        }
    }

    /// <summary>What is left of a member of a type when it is erased.</summary>
    internal static byte ErasedKindOf(Type member) =>
        member.IsAssignableTo(typeof(IEnumerable<string>)) ? Texts
        : member != typeof(string) && member.IsAssignableTo(typeof(IEnumerable)) ? Others
        : Text;

    private static void AddLost(JsonElement value, EntryMembers members, List<byte> kinds)
    {
        foreach (var named in value.EnumerateObject())
        {
            // An empty list is not sealed.
            if (members.Find(named) is not { } member || named.Value.ValueKind != JsonValueKind.Object)
                continue;
            if (member.Erased is { } kind)
                kinds.Add(kind);
            else if (member.HasMembers)
                AddLost(named.Value, member, kinds);
        }
    }

    private static byte KindOf(ReadOnlySpan<byte> json) => json switch
    {
        [(byte)'[', (byte)'"', ..] => Texts,
        [(byte)'[', ..] => Others,
        _ => Text,
    };
}
