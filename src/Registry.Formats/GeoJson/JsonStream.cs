using System.Text.Json;
using Registry.Core.GeoJson;

namespace Registry.Formats.GeoJson;

/// <summary>Reads JSON from a stream token by token, or a whole value at once, holding no more than one value or a piece of the file.</summary>
/// <param name="stream">UTF-8 text, with or without a byte order mark.</param>
/// <param name="mostBytes">The longest value that is held.</param>
internal sealed class JsonStream(Stream stream, int mostBytes)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private bool _isBegun;
    private bool _isAtEnd;
    private JsonReaderState _state;

    private delegate bool Attempt(ref Utf8JsonReader reader);

    /// <summary>What <see cref="NextElement"/> met.</summary>
    public enum Element
    {
        /// <summary>A value, now in <see cref="Value"/>.</summary>
        Whole,

        /// <summary>A value longer than is held; it was passed over.</summary>
        TooLong,

        /// <summary>The end of the array.</summary>
        None,
    }

    /// <summary>How many bytes of the stream were read as JSON.</summary>
    public long Position { get; private set; }

    /// <summary>The last token; None at the end of the stream.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>The text of the last token, if it is a name or a text.</summary>
    public string? Text { get; private set; }

    /// <summary>How many arrays and objects are open around the last token, itself excluded.</summary>
    public int Depth { get; private set; }

    /// <summary>The last value read whole; until the next call.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    /// <summary>Goes to the next token.</summary>
    /// <exception cref="JsonException">The stream is not JSON, or a single token is longer than is held.</exception>
    public async ValueTask NextToken(CancellationToken cancellation)
    {
        while (!TryRead(AttemptToken))
        {
            if (_isAtEnd)
            {
                Token = JsonTokenType.None;
                return;
            }

            if (_end - _start >= mostBytes)
                throw new JsonException("One name or text is longer than is read.");
            await Fill(cancellation);
        }
    }

    /// <summary>Reads the next value of an array, or of a member whose name is the last token.</summary>
    /// <exception cref="JsonException">The stream is not JSON.</exception>
    public async ValueTask<Element> NextElement(CancellationToken cancellation)
    {
        while (!TryRead(AttemptValue))
        {
            if (_isAtEnd)
                throw new JsonException("The text is cut short.");
            if (_end - _start >= mostBytes)
            {
                await SkipValue(cancellation);
                return Element.TooLong;
            }

            await Fill(cancellation);
        }

        return Token == JsonTokenType.EndArray ? Element.None : Value.Length > mostBytes ? Element.TooLong : Element.Whole;
    }

    /// <summary>Passes over the next value token by token.</summary>
    /// <exception cref="JsonException">The stream is not JSON.</exception>
    public async ValueTask SkipValue(CancellationToken cancellation)
    {
        await NextToken(cancellation);
        if (Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var outside = Depth;
        do
            await NextToken(cancellation);
        while (Depth > outside);
    }

    private bool AttemptToken(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return false;
        Text = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && JsonTokens.TryGetText(ref reader, out var text)
            ? text
            : null;
        Token = reader.TokenType;
        Depth = reader.CurrentDepth;
        return true;
    }

    private bool AttemptValue(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return false;
        var first = reader.TokenType;
        var start = _start + (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
            return false;
        Token = first;
        Value = _buffer.AsMemory(start, _start + (int)reader.BytesConsumed - start);
        return true;
    }

    /// <summary>Lets the attempt read from what is held; what it reads is dropped if it succeeds, and kept for another if not.</summary>
    private bool TryRead(Attempt attempt)
    {
        if (!_isBegun)
            return false;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isAtEnd, _state);
        try
        {
            if (!attempt(ref reader))
                return false;
        }
        catch (JsonException)
        {
            Position += reader.BytesConsumed;
            throw;
        }

        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
        Position += reader.BytesConsumed;
        return true;
    }

    /// <summary>Fills the buffer, twice as large if it was full: so no byte is looked at more than a few times.</summary>
    private async ValueTask Fill(CancellationToken cancellation)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var room = _buffer.AsMemory(_end);
        var count = await stream.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellation);
        _end += count;
        _isAtEnd = count < room.Length;
        if (!_isBegun && _buffer.AsSpan(0, _end).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            Position = _start = 3;
        _isBegun = true;
    }
}
