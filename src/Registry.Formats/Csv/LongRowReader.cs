namespace Registry.Formats.Csv;

/// <summary>
/// A text in which no row is much longer than a limit: what a longer one has beyond it is passed over, so that whoever splits the text
/// into rows holds no more of one than that, and goes on behind it.
/// </summary>
/// <remarks>It follows quotes as RFC 4180 has them: one that begins a field encloses it, line ends included.</remarks>
/// <param name="text">The text; left open.</param>
/// <param name="delimiter">What parts fields.</param>
/// <param name="most">The most characters of a row.</param>
internal sealed class LongRowReader(TextReader text, char delimiter, int most) : TextReader
{
    private readonly char[] _block = new char[16 * 1024];
    private readonly Queue<int> _linesLeftOut = new();
    private int _at;
    private int _count;
    private int _length;
    private int _lines;
    private char _before;
    private bool _isCutInQuotes;
    private State _state;

    private enum State
    {
        FieldBegins,
        InField,
        InQuotes,
        BehindQuote,
    }

    /// <summary>The line ends that were left out of the next of the long rows.</summary>
    public int TakeLinesLeftOut() => _linesLeftOut.TryDequeue(out var lines) ? lines : 0;

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (_at == _count)
            {
                (_at, _count) = (0, text.Read(_block));
                if (_count == 0)
                    break;
            }

            var letter = _block[_at];
            var isEnd = letter is '\r' or '\n' && _state != State.InQuotes;
            if (isEnd && _isCutInQuotes)
            {
                // Closes the quote that was open where the row was cut; its end comes behind.
                _isCutInQuotes = false;
                buffer[written++] = '"';
                continue;
            }

            _at++;
            if (isEnd || _length <= most)
                buffer[written++] = letter;
            Follow(letter, isEnd);
        }

        return written;
    }

    private void Follow(char letter, bool isEnd)
    {
        if (isEnd)
        {
            if (_length > most)
                _linesLeftOut.Enqueue(_lines);
            (_length, _lines, _state) = (0, 0, State.FieldBegins);
        }
        else
        {
            if (_length > most && (letter == '\r' || (letter == '\n' && _before != '\r')))
                _lines++;
            _state = Next(letter);
            if (++_length == most + 1)
                _isCutInQuotes = _state == State.InQuotes;
        }

        _before = letter;
    }

    private State Next(char letter) => (_state, letter) switch
    {
        (State.InQuotes, '"') => State.BehindQuote,
        (State.InQuotes, _) => State.InQuotes,
        (State.FieldBegins or State.BehindQuote, '"') => State.InQuotes,
        _ => letter == delimiter ? State.FieldBegins : State.InField,
    };
}
