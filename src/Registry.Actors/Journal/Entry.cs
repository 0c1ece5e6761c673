using System.Runtime.InteropServices;
using System.Text.Json;
using Registry.Core;
using Registry.Log.Tree;

namespace Registry.Actors.Journal;

/// <summary>One entry of the journal, read from its canonical bytes and what lies beside them.</summary>
/// <param name="Stamp">Its place and instant.</param>
/// <param name="Previous">The hash of the entry before it; 32 zero bytes for the first.</param>
/// <param name="By">Who caused it. The name is <see cref="SealedValue.Withheld"/> where it was erased.</param>
/// <param name="Stream">The object that changed.</param>
/// <param name="Version">The version that the change made.</param>
/// <param name="Event">The change, as UTF-8 JSON, with what lies beside the entry.</param>
/// <param name="Canonical">The bytes that were hashed and stored, and are published.</param>
/// <param name="Hash">The entry's own hash.</param>
/// <param name="Beside">The erasable values with their salts: see <see cref="SealedValue"/>.</param>
public sealed record Entry(
    Stamp Stamp, byte[] Previous, Caller By, StreamId Stream, long Version, byte[] Event, byte[] Canonical, byte[] Hash, byte[] Beside)
{
    /// <summary>The most bytes of an entry: bundles of entries carry lengths of 16 bits.</summary>
    public const int MostBytes = 65_535;

    /// <summary>The first member of every entry. While the types of events may still change, what is published is a draft.</summary>
    public const string Format = "draft";

    /// <summary>The event of every kind of object of which values were erased: it is from then on what its other entries say without them.</summary>
    public static ReadOnlySpan<byte> Withheld => """{"type":"withheld"}"""u8;

    /// <summary>Whether the event is <see cref="Withheld"/>.</summary>
    public bool Withholds => Event.AsSpan().SequenceEqual(Withheld);

    /// <summary>An entry as it is stored and hashed.</summary>
    /// <param name="append">What is appended.</param>
    /// <param name="stamp">The place and instant given to it.</param>
    /// <param name="previous">The hash of the entry before it.</param>
    /// <param name="salts">Give each erasable value its salt.</param>
    /// <exception cref="NotSupportedException">The event is not known.</exception>
    /// <exception cref="InvalidOperationException">The entry would have more than <see cref="MostBytes"/>.</exception>
    public static WrittenEntry Write(Append append, Stamp stamp, ReadOnlySpan<byte> previous, ISalts salts) =>
        EntryWriting.Write(append, stamp, previous, salts);

    /// <summary>The leaf hash of RFC 9162, section 2.1.1: SHA-256(0x00 || bytes).</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> canonical) => TreeHash.OfLeaf(canonical).ToArray();

    /// <summary>Reads an entry from its canonical bytes.</summary>
    /// <param name="canonical">As <see cref="Write"/> made them.</param>
    /// <param name="hash">The hash that is stored beside them; it is not checked here.</param>
    /// <param name="beside">The erasable values; their hashes are not checked here.</param>
    /// <param name="objects">Gives what was too long for the entry, by its SHA-256 in hexadecimal digits; null where it is not there.</param>
    /// <exception cref="FormatException">The bytes are no entry, or something that belongs to it is missing.</exception>
    public static Entry Read(byte[] canonical, byte[] hash, byte[] beside, Func<string, byte[]?> objects)
    {
        try
        {
            using var document = JsonDocument.Parse(canonical);
            var root = document.RootElement;
            var by = root.GetProperty("by"u8);
            using var values = SealedValue.Read(beside).GetEnumerator();
            if (!values.MoveNext())
                throw new FormatException("Who caused it is missing.");
            return new Entry(
                new Stamp(root.GetProperty("sequence"u8).GetInt64(), root.GetProperty("at"u8).GetDateTimeOffset()),
                Convert.FromHexString(Text(root, "previous"u8)),
                by.TryGetProperty("party"u8, out var party)
                    ? new Caller(NameOf(values.Current), Role.Applicant, party.GetString())
                    : new Caller(NameOf(values.Current), Enum.Parse<Role>(Text(by, "office"u8), ignoreCase: true)),
                StreamId.Parse(Text(root, "stream"u8)),
                root.GetProperty("version"u8).GetInt64(),
                JoinedEvent.Of(JsonMarshal.GetRawUtf8Value(root.GetProperty("event"u8)), values, objects),
                canonical,
                hash,
                beside);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("The bytes are no entry of the journal.", fault);
        }
    }

    private static string NameOf(SealedValue name)
    {
        var reader = new Utf8JsonReader(name.Json);
        return reader.Read() && reader.GetString() is { } text ? text : throw new FormatException("A name is no text.");
    }

    private static string Text(JsonElement root, ReadOnlySpan<byte> member) =>
        root.GetProperty(member).GetString() ?? throw new FormatException("A member is null.");
}
