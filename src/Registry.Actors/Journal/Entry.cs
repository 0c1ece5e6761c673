using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Registry.Core;

namespace Registry.Actors.Journal;

/// <summary>One entry of the journal, read from its canonical bytes.</summary>
/// <param name="Stamp">Its place and instant.</param>
/// <param name="Previous">The hash of the entry before it; 32 zero bytes for the first.</param>
/// <param name="Stream">The object that changed.</param>
/// <param name="Version">The version that the change made.</param>
/// <param name="By">Who caused it.</param>
/// <param name="Event">The change, as UTF-8 JSON.</param>
/// <param name="Canonical">The bytes that were hashed and stored.</param>
/// <param name="Hash">The entry's own hash.</param>
public sealed record Entry(
    Stamp Stamp, byte[] Previous, StreamId Stream, long Version, string By, byte[] Event, byte[] Canonical, byte[] Hash)
{
    /// <summary>The canonical bytes of an entry: what is stored and what is hashed. UTF-8 JSON, members in a fixed order.</summary>
    /// <param name="append">What is appended.</param>
    /// <param name="stamp">The place and instant given to it.</param>
    /// <param name="previous">The hash of the entry before it.</param>
    public static byte[] Encode(Append append, Stamp stamp, ReadOnlySpan<byte> previous)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + append.Event.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence"u8, stamp.Sequence);
            json.WriteString("previous"u8, Convert.ToHexStringLower(previous));
            json.WriteString("at"u8, stamp.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("by"u8, append.By);
            json.WriteString("stream"u8, append.Stream.ToString());
            json.WriteNumber("version"u8, append.Version);
            json.WritePropertyName("event"u8);
            json.WriteRawValue(append.Event, skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The leaf hash of RFC 9162, section 2.1.1: SHA-256(0x00 || bytes).</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> canonical)
    {
        var leaf = ArrayPool<byte>.Shared.Rent(canonical.Length + 1);
        try
        {
            leaf[0] = 0;
            canonical.CopyTo(leaf.AsSpan(1));
            return SHA256.HashData(leaf.AsSpan(0, canonical.Length + 1));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(leaf);
        }
    }

    /// <summary>Reads an entry from its canonical bytes.</summary>
    /// <param name="canonical">As <see cref="Encode"/> made them.</param>
    /// <param name="hash">The hash that is stored beside them; it is not checked here.</param>
    /// <exception cref="FormatException">The bytes are no entry.</exception>
    public static Entry Decode(byte[] canonical, byte[] hash)
    {
        try
        {
            using var document = JsonDocument.Parse(canonical);
            var root = document.RootElement;
            var stamp = new Stamp(root.GetProperty("sequence"u8).GetInt64(), root.GetProperty("at"u8).GetDateTimeOffset());
            return new Entry(
                stamp,
                Convert.FromHexString(Text(root, "previous"u8)),
                StreamId.Parse(Text(root, "stream"u8)),
                root.GetProperty("version"u8).GetInt64(),
                Text(root, "by"u8),
                JsonMarshal.GetRawUtf8Value(root.GetProperty("event"u8)).ToArray(),
                canonical,
                hash);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("The bytes are no entry of the journal.", fault);
        }
    }

    private static string Text(JsonElement root, ReadOnlySpan<byte> member) =>
        root.GetProperty(member).GetString() ?? throw new FormatException("A member is null.");
}
