using System.Globalization;
using System.Text;

namespace Registry.Formats.Encodings;

/// <summary>Holds text against the encoding that it claims to be in.</summary>
/// <remarks>
/// Code pages of one byte a letter leave some bytes without one, such as 0x98 in windows-1251. .NET reads those as control characters
/// (U+0080 to U+009F), which no table has: here they are refused.
/// </remarks>
public static class EncodedText
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Reads bytes as text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="encoding">One of <see cref="TextEncodings"/>.</param>
    /// <param name="text">The text; null when a byte is at fault.</param>
    /// <returns>The place of the first byte that is at fault, from 0; -1 when none is.</returns>
    public static int TryRead(ReadOnlySpan<byte> bytes, Encoding encoding, out string? text)
    {
        try
        {
            text = encoding.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            text = null;
            return Math.Max(0, fault.Index);
        }

        var control = encoding.IsSingleByte ? text.AsSpan().IndexOfAnyInRange('\u0080', '\u009F') : -1;
        if (control >= 0)
            text = null;
        return control;
    }

    /// <summary>Refuses a file that is not wholly text of an encoding.</summary>
    /// <param name="file">The file; read from where it stands to its end.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="claim">What says that it is of this encoding, as the beginning of a sentence: <c>The file is not UTF-8</c>.</param>
    /// <param name="skipped">The bytes before where it stands.</param>
    /// <exception cref="SourceException">
    /// It is not: the sentence goes on with the place of the byte, from 0, and its line, from 1; or all of it is UTF-8 instead.
    /// </exception>
    /// <returns>How many letters it has.</returns>
    public static long Require(Stream file, Encoding encoding, string claim, int skipped = 0)
    {
        var decoder = encoding.GetDecoder();
        var likely = new LikelyUtf8();
        var bytes = new byte[ChunkBytes];
        var letters = new char[encoding.GetMaxCharCount(ChunkBytes)];
        var (before, total, lines, isCut, last) = (0L, 0L, 1L, false, (byte)0);
        while (!isCut)
        {
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            isCut = count < bytes.Length;
            var chunk = bytes.AsSpan(0, count);
            var (read, fault) = Read(decoder, chunk, letters, encoding.IsSingleByte, flush: isCut);
            if (fault is { } at)
            {
                lines += LineEnds(chunk[..Math.Clamp(at, 0, count)], ref last);
                // A letter of UTF-16 can have the byte of a line end in it.
                var line = encoding is UnicodeEncoding ? "" : string.Create(CultureInfo.InvariantCulture, $", in line {lines},");
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"{claim}: byte {skipped + before + at}{line} is no letter of it."));
            }

            if (encoding is not (UTF8Encoding or UnicodeEncoding))
                likely.Add(chunk, isCut);
            lines += LineEnds(chunk, ref last);
            before += count;
            total += read;
        }

        return !likely.IsUtf8 ? total : throw new SourceException($"{claim}: all of it is UTF-8.");
    }

    /// <summary>The encoding whose mark a text begins with.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <returns>Null and 0 when there is no mark.</returns>
    public static (Encoding? Encoding, int Bytes) MarkOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (TextEncodings.Utf8, 3),
        [0xFF, 0xFE, ..] => (TextEncodings.Utf16, 2),
        [0xFE, 0xFF, ..] => (TextEncodings.Utf16BigEndian, 2),
        _ => (null, 0),
    };

    private static int LineEnds(ReadOnlySpan<byte> text, ref byte before)
    {
        var ends = text.Count((byte)'\n') + text.Count((byte)'\r') - text.Count("\r\n"u8);
        if (before == '\r' && text.StartsWith("\n"u8))
            ends--;
        before = text.IsEmpty ? before : text[^1];
        return ends;
    }

    private static (int Letters, int? Fault) Read(Decoder decoder, ReadOnlySpan<byte> bytes, char[] letters, bool isSingleByte, bool flush)
    {
        try
        {
            var count = decoder.GetChars(bytes, letters, flush);
            var control = isSingleByte ? letters.AsSpan(0, count).IndexOfAnyInRange('\u0080', '\u009F') : -1;
            return (count, control < 0 ? null : control);
        }
        catch (DecoderFallbackException fault)
        {
            return (0, fault.Index);
        }
    }
}
