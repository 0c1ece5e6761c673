using System.Text;

namespace Registry.Formats.Encodings;

/// <summary>Whether texts that claim to be in a code page are UTF-8 all the same.</summary>
/// <remarks>
/// Almost any bytes are letters of a code page, so that reading UTF-8 by one fails nowhere and gives other letters. But texts of a code page
/// are hardly ever UTF-8: each of their letters would have to be followed by just the right one.
/// </remarks>
internal sealed class LikelyUtf8
{
    // Two letters could be by chance.
    private const int EnoughBytes = 6;

    private readonly Decoder _decoder = TextEncodings.Utf8.GetDecoder();
    private long _bytes;
    private bool _isOther;

    /// <summary>Whether there was enough that is not ASCII, and all of it is UTF-8.</summary>
    public bool IsUtf8 => !_isOther && _bytes >= EnoughBytes;

    /// <summary>Takes a text, or a piece of one.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="isEnd">Whether they end the text.</param>
    public void Add(ReadOnlySpan<byte> text, bool isEnd = true)
    {
        if (_isOther)
            return;
        foreach (var value in text)
            _bytes += value >> 7;
        if (_bytes == 0)
            return;
        try
        {
            _decoder.GetChars(text, new char[text.Length + 1], isEnd);
        }
        catch (DecoderFallbackException)
        {
            _isOther = true;
        }
    }
}
