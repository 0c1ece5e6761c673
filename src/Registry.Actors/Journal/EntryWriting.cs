using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Registry.Core;

namespace Registry.Actors.Journal;

/// <summary>Writes entries: compact UTF-8 JSON, members in the order of docs/log-entries.md.</summary>
internal static class EntryWriting
{
    /// <summary>An entry, and what lies beside it.</summary>
    /// <exception cref="NotSupportedException">The event is not known.</exception>
    /// <exception cref="InvalidOperationException">The entry would have more than <see cref="Entry.MostBytes"/>.</exception>
    public static WrittenEntry Write(Append append, Stamp stamp, ReadOnlySpan<byte> previous, ISalts salts)
    {
        var parts = new EntryParts(salts);
        var json = parts.Public;
        json.Write("{\"format\":\""u8);
        json.WriteText(Entry.Format);
        json.Write("\",\"sequence\":"u8);
        json.WriteNumber(stamp.Sequence);
        json.Write(",\"previous\":\""u8);
        json.WriteText(Convert.ToHexStringLower(previous));
        json.Write("\",\"at\":\""u8);
        json.WriteText(stamp.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.Write(append.By.Party is null ? "\",\"by\":{\"office\":\""u8 : "\",\"by\":{\"party\":\""u8);
        json.WriteText(append.By.Party ?? JsonNamingPolicy.CamelCase.ConvertName(append.By.Role.ToString()));
        json.Write("\",\"key\":"u8);
        parts.WriteSealed([(byte)'"', .. JsonEncodedText.Encode(append.By.Name).EncodedUtf8Bytes, (byte)'"']);
        json.Write("}"u8);
        if (append.Law is { } law)
        {
            json.Write(",\"law\":\""u8);
            json.WriteText(law);
            json.Write("\""u8);
        }

        WriteEpochs(json, append.Epochs);
        json.Write(",\"stream\":\""u8);
        json.WriteText(append.Stream.ToString());
        json.Write("\",\"version\":"u8);
        json.WriteNumber(append.Version);
        json.Write(",\"event\":"u8);
        parts.WriteEvent(append.Stream.Collection, append.Event);
        json.Write("}"u8);
        var canonical = json.WrittenSpan.ToArray();
        return canonical.Length <= Entry.MostBytes
            ? new WrittenEntry(canonical, Entry.HashOf(canonical), parts.Beside, parts.Objects)
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"An entry has {Entry.MostBytes} bytes at most; one of {append.Stream} would have {canonical.Length}."));
    }

    private static void WriteEpochs(ArrayBufferWriter<byte> json, IReadOnlyList<SheetEpoch> epochs)
    {
        if (epochs.Count == 0)
            return;
        json.Write(",\"epochs\":"u8);
        for (var i = 0; i < epochs.Count; i++)
        {
            json.Write(i == 0 ? "[["u8 : ",["u8);
            json.WriteNumber(epochs[i].Sheet.Number);
            json.Write(","u8);
            json.WriteNumber(epochs[i].Epoch);
            json.Write("]"u8);
        }

        json.Write("]"u8);
    }

    private static void WriteText(this ArrayBufferWriter<byte> json, string text) => json.Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);

    private static void WriteNumber(this ArrayBufferWriter<byte> json, long number)
    {
        const int mostDigits = 20;
        Utf8Formatter.TryFormat(number, json.GetSpan(mostDigits), out var written);
        json.Advance(written);
    }
}

/// <summary>An entry as it is stored.</summary>
/// <param name="Canonical">The bytes that are hashed and published.</param>
/// <param name="Hash">Their hash.</param>
/// <param name="Beside">The erasable values with their salts: see <see cref="SealedValue"/>.</param>
/// <param name="Objects">What was too long for the entry.</param>
public sealed record WrittenEntry(byte[] Canonical, byte[] Hash, byte[] Beside, IReadOnlyList<LogObject> Objects);
