using System.Globalization;
using System.Text;

namespace Registry.Log.Notes;

/// <summary>Reads the small texts of the formats: one spelling of each value, and a bound on everything.</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes UTF-8 whose only control character below U+0020 is the newline, and which ends with one.</summary>
    /// <param name="bytes">All bytes.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="what">What it is, with its article, for the message: <c>the checkpoint</c>.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, int most, string what)
    {
        if (bytes.Length > most)
            throw new FormatException($"{Sentence(what)} has {bytes.Length} bytes; at most {most} are read.");
        if (bytes.IsEmpty)
            throw new FormatException($"{Sentence(what)} is empty.");
        string text;
        try
        {
            text = Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException($"{Sentence(what)} is not UTF-8 text.");
        }

        if (text.AsSpan().ContainsAnyInRange('\0', '\t') || text.AsSpan().ContainsAnyInRange('\v', '\x1f'))
            throw new FormatException($"{Sentence(what)} has control characters.");
        return text[^1] == '\n' ? text : throw new FormatException($"{Sentence(what)} does not end with a newline; its end may be missing.");
    }

    /// <summary>Reads a decimal number from 0 to 2^63 - 1 without a sign, and without a zero in front of others.</summary>
    public static bool TryDecimal(ReadOnlySpan<char> digits, out long value)
    {
        value = 0;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9') && (digits.Length == 1 || digits[0] != '0')
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads standard base64 in its only canonical spelling.</summary>
    public static bool TryBase64(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64Chars(text, bytes, out var written))
            return false;
        Array.Resize(ref bytes, written);
        return text.SequenceEqual(Convert.ToBase64String(bytes));
    }

    /// <summary>A stranger's word, short enough to be part of a message.</summary>
    public static string Quote(string word) => word.Length <= 80 ? $"'{word}'" : $"'{word[..80]}...'";

    private static string Sentence(string what) => char.ToUpperInvariant(what[0]) + what[1..];
}
