using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace Registry.Actors.Journal;

/// <summary>
/// Parts an event into what is published in its entry and what lies beside it: erasable values with their salts, and values that are too long for an
/// entry. Puts them together again.
/// </summary>
/// <remarks>
/// In the entry stands <c>{"sealed":"..."}</c> in place of an erasable value, with SHA-256(salt || value), and <c>{"object":"..."}</c> in
/// place of a long one, with its SHA-256; both in 64 lower-case hexadecimal digits, and the value in UTF-8 as JSON, byte by byte as in the event.
/// </remarks>
internal sealed class EntryParts(ISalts salts)
{
    /// <summary>The most bytes of a value that stands in the entry itself.</summary>
    public const int MostInline = 4096;

    private readonly ArrayBufferWriter<byte> _public = new(512);
    private readonly ArrayBufferWriter<byte> _beside = new(128);
    private List<LogObject>? _objects;

    /// <summary>The bytes that are published, as far as they were written.</summary>
    public ArrayBufferWriter<byte> Public => _public;

    /// <summary>The erasable values with their salts, in their order: see <see cref="SealedValue"/>.</summary>
    public byte[] Beside => _beside.WrittenSpan.ToArray();

    /// <summary>What was too long, in its order.</summary>
    public IReadOnlyList<LogObject> Objects => _objects ?? [];

    /// <summary>Writes an event.</summary>
    /// <param name="collection">Of what kind the object is that changes.</param>
    /// <param name="json">The event as compact JSON.</param>
    /// <exception cref="NotSupportedException">The event is not known.</exception>
    public void WriteEvent(Collection collection, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var copied = 0;
        WriteMembers(ref reader, EntryMembers.Of(collection, TypeOf(json)), json, ref copied);
        _public.Write(json[copied..]);
    }

    /// <summary>Writes the sealed form of a value, and keeps the value beside.</summary>
    public void WriteSealed(ReadOnlySpan<byte> value)
    {
        var salted = _beside.GetSpan(SealedValue.HeaderBytes + value.Length)[..(SealedValue.HeaderBytes + value.Length)];
        var salt = salted.Slice(SealedValue.HeaderBytes - ISalts.Length, ISalts.Length);
        salted[0] = SealedValue.Kept;
        BinaryPrimitives.WriteInt32LittleEndian(salted[1..], value.Length);
        salts.Fill(salt);
        value.CopyTo(salted[SealedValue.HeaderBytes..]);
        _beside.Advance(salted.Length);
        // Salt and value lie beside each other, so that they are hashed where they are.
        WriteForm("{\"sealed\":\""u8, SHA256.HashData(salted[(SealedValue.HeaderBytes - ISalts.Length)..]));
    }

    private void WriteMembers(ref Utf8JsonReader reader, EntryMembers members, ReadOnlySpan<byte> json, ref int copied)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = members.Find(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (member is { HasMembers: true } && reader.TokenType == JsonTokenType.StartObject)
            {
                WriteMembers(ref reader, member, json, ref copied);
                continue;
            }

            reader.Skip();
            var value = json[start..(int)reader.BytesConsumed];
            var isSealed = member is { IsErasable: true } && !value.SequenceEqual("[]"u8);
            if (!isSealed && value.Length <= MostInline && member is not { IsApart: true })
                continue;
            _public.Write(json[copied..start]);
            copied = start + value.Length;
            if (isSealed)
                WriteSealed(value);
            else
                WriteObject(value);
        }
    }

    private void WriteObject(ReadOnlySpan<byte> value)
    {
        var kept = LogObject.Of(value.ToArray());
        (_objects ??= []).Add(kept);
        WriteForm("{\"object\":\""u8, kept.Hash);
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Digits, not words.")]
    private void WriteForm(ReadOnlySpan<byte> opening, ReadOnlySpan<byte> hash)
    {
        _public.Write(opening);
        if (!Convert.TryToHexStringLower(hash, _public.GetSpan(hash.Length * 2), out var written))
            throw new InvalidOperationException("The buffer is too short.");
        _public.Advance(written);
        _public.Write("\"}"u8);
    }

    private static string TypeOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return reader.Read() && reader.Read() && reader.ValueTextEquals("type"u8) && reader.Read() && reader.GetString() is { } type
            ? type
            : throw new NotSupportedException("An event begins with its type.");
    }
}
