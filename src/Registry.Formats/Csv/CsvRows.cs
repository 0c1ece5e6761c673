using System.Globalization;
using System.Text;
using Registry.Formats.Encodings;
using Registry.Formats.Features;
using Sylvan.Data.Csv;

namespace Registry.Formats.Csv;

/// <summary>One row of a table.</summary>
/// <param name="Line">The line of the file on which it begins, from 1.</param>
/// <param name="Fields">Its fields; empty when there is a fault.</param>
/// <param name="Fault">Why the row is refused by itself; null when it is not.</param>
internal readonly record struct CsvRow(int Line, IReadOnlyList<string> Fields, string? Fault);

/// <summary>
/// Splits a table into rows of fields (RFC 4180), as Sylvan.Data.Csv does: any line ends; a quote inside a field without quotes is a
/// quote; blank lines are passed over, and blank fields beyond the first row's. Fields are parted by commas, semicolons, tabs or bars, whichever the first line has most of, or
/// by what a first line such as <c>sep=;</c> names.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private const int RoomBehindRow = 16;

    private static readonly char[] s_delimiters = [',', ';', '\t', '|'];

    private readonly StreamReader _reader;
    private readonly LongRowReader _short;
    private readonly CsvDataReader _rows;
    private readonly SourceLimits _limits;
    private readonly int _mostCharacters;
    private int _line;
    private int _width;

    /// <summary>Opens a table.</summary>
    /// <param name="file">The table; it can seek. Left open.</param>
    /// <param name="encoding">What it is in; null for UTF-8, or UTF-16 with its mark.</param>
    /// <param name="limits">How many columns, and how long a row may be.</param>
    /// <exception cref="SourceException">It is not in this encoding.</exception>
    public CsvRows(Stream file, Encoding? encoding, SourceLimits limits)
    {
        _limits = limits;
        _mostCharacters = limits.PropertyBytes + limits.Geometry.Bytes;
        var start = file.Position;
        var (found, markBytes, claim) = EncodingOf(file, encoding);
        file.Position = start + markBytes;
        EncodedText.Require(file, found, claim, markBytes);
        file.Position = start + markBytes;
        _reader = new StreamReader(file, found, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var first = FirstLine(_reader);
        var bare = first.Trim('"');
        file.Position = start + markBytes;
        _reader.DiscardBufferedData();
        _line = 1;
        var named = bare.Length == 5 && bare.StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
        if (named)
        {
            _reader.ReadLine();
            _line++;
        }

        Delimiter = named ? bare[4] : MostFrequent(first);
        _short = new LongRowReader(_reader, Delimiter, _mostCharacters);
        _rows = CsvDataReader.Create(_short, new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = Delimiter,
            // Sylvan's buffer doubles up to this, in which the longest row has room, and what ends it.
            BufferSize = Math.Min(64 * 1024, _mostCharacters + RoomBehindRow),
            MaxBufferSize = _mostCharacters + RoomBehindRow,
            ResultSetMode = ResultSetMode.SingleResult,
            OwnsReader = false,
        });
    }

    /// <summary>What parts the fields.</summary>
    public char Delimiter { get; }

    /// <summary>The next row; null after the last.</summary>
    /// <exception cref="SourceException">The rest cannot be split: a quote that does not close, or stands in the wrong place.</exception>
    public CsvRow? Next()
    {
        while (Advance())
        {
            var raw = _rows.GetRawRecordSpan();
            var line = _line;
            _line += LineEnds(raw);
            if (raw.TrimEnd("\r\n").IsEmpty)
                continue;
            return RowOf(line, raw.TrimEnd("\r\n").Length);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _short.Dispose();
        _reader.Dispose();
    }

    private CsvRow RowOf(int line, int length)
    {
        if (length > _mostCharacters)
        {
            _line += _short.TakeLinesLeftOut();
            return new CsvRow(line, [], string.Create(CultureInfo.InvariantCulture, $"The row is longer than {_mostCharacters:#,0} characters; is a quote not closed?"));
        }

        if (_rows.RowFieldCount > _limits.Columns)
            return new CsvRow(line, [], string.Create(CultureInfo.InvariantCulture, $"The row has more than {_limits.Columns} fields."));
        var fields = new List<string>(_rows.RowFieldCount);
        for (var i = 0; i < _rows.RowFieldCount; i++)
            fields.Add(_rows.GetString(i));
        // Excel writes more delimiters where a cell beside the table was touched once, and not in every row.
        while (fields.Count > _width && string.IsNullOrWhiteSpace(fields[^1]))
            fields.RemoveAt(fields.Count - 1);
        if (_width == 0)
            _width = fields.Count;
        return new CsvRow(line, fields, null);
    }

    private bool Advance()
    {
        try
        {
            return _rows.Read();
        }
        catch (CsvFormatException)
        {
            throw new SourceException(string.Create(CultureInfo.InvariantCulture,
                $"Line {_line}: a quote is not closed, or text stands behind a closing one. A quote within quotes is written twice."));
        }
    }

    private static (Encoding Encoding, int MarkBytes, string Claim) EncodingOf(Stream file, Encoding? named)
    {
        var head = new byte[4];
        var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var (marked, bytes) = EncodedText.MarkOf(head.AsSpan(0, count));
        if (marked is not null && named is not null && marked.CodePage != named.CodePage)
            throw new SourceException($"The file begins with the mark of {marked.WebName} and is said to be {named.WebName}.");
        if (marked is not null)
            return (marked, bytes, $"The file begins with the mark of {marked.WebName}, and is not that");
        if (named is not null)
            return (named, 0, $"The file is not {named.WebName}, as is said of it");
        if (count >= 2 && (head[0] == 0 || head[1] == 0))
            throw new SourceException("The file seems to be UTF-16 without its mark; say so with encoding=utf-16le or encoding=utf-16be.");
        return (TextEncodings.Utf8, 0, "The file is not UTF-8; say with encoding=windows-1251, or another name, what it is");
    }

    private static string FirstLine(StreamReader reader)
    {
        const int most = 64 * 1024;
        var letters = new char[most];
        var count = reader.ReadBlock(letters);
        var line = letters.AsSpan(0, count);
        var end = line.IndexOfAny('\r', '\n');
        return (end < 0 ? line : line[..end]).ToString();
    }

    private static char MostFrequent(string line)
    {
        var counts = new int[s_delimiters.Length];
        var isQuoted = false;
        foreach (var letter in line)
        {
            isQuoted ^= letter == '"';
            if (!isQuoted && Array.IndexOf(s_delimiters, letter) is var at and >= 0)
                counts[at]++;
        }

        return s_delimiters[Array.IndexOf(counts, counts.Max())];
    }

    private static int LineEnds(ReadOnlySpan<char> text)
    {
        var ends = 0;
        for (var i = 0; i < text.Length; i++)
            ends += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')) ? 1 : 0;
        return ends;
    }
}
