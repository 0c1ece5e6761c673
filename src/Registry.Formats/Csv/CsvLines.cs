using System.Globalization;
using System.Text;
using Registry.Formats.Features;

namespace Registry.Formats.Csv;

/// <summary>
/// Splits a table (RFC 4180) into rows of fields, with limits that hold while a row is being read: UTF-8 with or without a byte order
/// mark, any line ends, quotes, blank lines passed over.
/// </summary>
/// <param name="reader">The table.</param>
/// <param name="limits">How many columns, and how long a row may be.</param>
internal sealed class CsvLines(TextReader reader, SourceLimits limits)
{
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _field = new();
    private readonly List<string> _fields = [];
    private readonly int _mostCharacters = limits.PropertyBytes + limits.Geometry.Bytes;
    private int _at;
    private int _end;
    private int _characters;

    /// <summary>The next row; null after the last. Overwritten by the next call.</summary>
    /// <exception cref="SourceException">The row has too many fields or characters, as after a quote that is never closed.</exception>
    public async ValueTask<IReadOnlyList<string>?> Next(CancellationToken cancellation)
    {
        _fields.Clear();
        _field.Clear();
        _characters = 0;
        var (isQuoted, wasQuoted) = (false, false);
        while (true)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, await reader.ReadAsync(_buffer, cancellation));
                if (_end == 0)
                    return End(isQuoted, wasQuoted);
            }

            var letter = _buffer[_at++];
            if (++_characters > _mostCharacters)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"A row is longer than {_mostCharacters:#,0} characters; is a quote not closed?"));
            if (isQuoted)
            {
                isQuoted = letter != '"';
                wasQuoted |= !isQuoted;
                if (isQuoted)
                    _field.Append(letter);
            }
            else if (letter == '"')
            {
                // A quote right behind one that closed is a quote of the text.
                if (wasQuoted)
                    _field.Append(letter);
                isQuoted = true;
                wasQuoted = false;
            }
            else if (letter == ',')
            {
                EndField();
                wasQuoted = false;
            }
            else if (letter == '\n')
            {
                if (End(isQuoted: false, wasQuoted) is { } row)
                    return row;
                _characters = 0;
            }
            else
            {
                wasQuoted = false;
                _field.Append(letter);
            }
        }
    }

    private List<string>? End(bool isQuoted, bool wasQuoted)
    {
        if (isQuoted)
            throw new SourceException("The table is cut short: a quote is not closed.");
        if (_field.Length > 0 && _field[^1] == '\r')
            _field.Length--;
        if (_fields.Count == 0 && _field.Length == 0 && !wasQuoted)
            return null;
        EndField();
        return _fields;
    }

    private void EndField()
    {
        if (_fields.Count == limits.Columns)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"A row has more than {limits.Columns} fields."));
        _fields.Add(_field.ToString());
        _field.Clear();
    }
}
