using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.Zip;

namespace Registry.Formats.Shapefile;

/// <summary>Reads the rows of a dBASE III table, as shapefiles have them.</summary>
/// <remarks>Texts are in the encoding that <see cref="DbfText"/> finds. Rows that are marked as deleted are told apart, for they are none.</remarks>
internal sealed class DbfTable : IDisposable
{
    private const int HeaderBytes = 32;
    private const int FieldBytes = 32;
    private const byte EndOfFields = 0x0D;
    private const byte Deleted = (byte)'*';

    private readonly InflatedStream _rows;
    private readonly DbfText _text;
    private readonly IReadOnlyList<Field> _fields;
    private readonly byte[] _row;
    private readonly long _count;
    private long _read;

    private DbfTable(InflatedStream rows, DbfText text, IReadOnlyList<Field> fields, int rowBytes, long count) =>
        (_rows, _text, _fields, _row, _count) = (rows, text, fields, new byte[rowBytes], count);

    private readonly record struct Field(string Name, char Type, int Start, int Length);

    /// <summary>Whether the row that was read last is marked as deleted.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>Reads the header.</summary>
    /// <param name="table">The table; the answer's from here on.</param>
    /// <param name="said">The encoding that the sender names; null when none.</param>
    /// <param name="cpg">The text of the .cpg; null when there is none.</param>
    /// <param name="limits">How many columns.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async ValueTask<DbfTable> Open(
        InflatedStream table, Encoding? said, string? cpg, SourceLimits limits, CancellationToken cancellation)
    {
        var start = await ReadWhole(table, HeaderBytes, cancellation);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(4));
        var headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8));
        var rowBytes = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(10));
        if (headerBytes < HeaderBytes + 1 || rowBytes == 0)
            throw new SourceException("The .dbf does not begin as a dBASE table does.");
        var text = DbfText.Of(said, cpg, start[29]);
        var rest = await ReadWhole(table, headerBytes - HeaderBytes, cancellation);
        return new DbfTable(table, text, FieldsOf(rest, rowBytes, text, limits), rowBytes, count);
    }

    /// <summary>The properties of the next row; null after the last.</summary>
    public async ValueTask<JsonElement?> Next(SourceLimits limits, CancellationToken cancellation)
    {
        if (_read == _count)
            return null;
        _read++;
        var read = await _rows.ReadAtLeastAsync(_row, _row.Length, throwOnEndOfStream: false, cancellation);
        if (read < _row.Length)
            throw new SourceException("The .dbf is cut short.");
        IsDeleted = _row[0] == Deleted;
        if (IsDeleted)
            return default(JsonElement);
        var properties = new PropertyText(limits);
        foreach (var field in _fields)
            Add(properties, field);
        return properties.End();
    }

    /// <summary>Reads what stands behind the rows, so that the archive can tell whether it was damaged.</summary>
    /// <exception cref="SourceException">It was; or its texts are in another encoding than it claims.</exception>
    public ValueTask End(CancellationToken cancellation)
    {
        _text.End();
        return _rows.Drain(cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private void Add(PropertyText properties, Field field)
    {
        if (!IsRead(field.Type))
        {
            throw new SourceException(string.Create(CultureInfo.InvariantCulture,
                $"Field {field.Name} is of the type {field.Type}, which is not read: only C, N, F, L and D are. Write it as text."));
        }

        // Most of a row is blank, which is so in every encoding that is read.
        var bytes = _row.AsSpan(field.Start, field.Length).TrimEnd((byte)0).Trim((byte)' ');
        if (bytes.IsEmpty)
            return;
        var text = _text.Read(bytes, () => string.Create(CultureInfo.InvariantCulture, $"Record {_read - 1}, field {field.Name}")).TrimEnd('\0').Trim();
        // A number that does not fit is stars, which is how dBASE writes that it has none.
        if (text.Length == 0 || (field.Type is 'N' or 'F' or 'D' && text.All(letter => letter == '*')))
            return;
        if (field.Type is 'N' or 'F' && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            properties.Add(field.Name, whole);
        else if (field.Type is 'N' or 'F' && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            properties.Add(field.Name, number);
        else if (field.Type == 'L' && text is "T" or "t" or "Y" or "y" or "F" or "f" or "N" or "n")
            properties.Add(field.Name, text is "T" or "t" or "Y" or "y");
        else if (field.Type == 'D' && DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            properties.Add(field.Name, date.ToString("O", CultureInfo.InvariantCulture));
        else
            properties.Add(field.Name, text);
    }

    // A memo (M) stands in another file, and dates with times (T), integers (I) and others of FoxPro are no text.
    private static bool IsRead(char type) => type is 'C' or 'N' or 'F' or 'L' or 'D';

    private static List<Field> FieldsOf(byte[] descriptors, int rowBytes, DbfText text, SourceLimits limits)
    {
        var fields = new List<Field>();
        var start = 1;
        var isLong = Length(descriptors, byLongTexts: false) != rowBytes && Length(descriptors, byLongTexts: true) == rowBytes;
        for (var at = 0; at < descriptors.Length && descriptors[at] != EndOfFields; at += FieldBytes)
        {
            if (at + FieldBytes > descriptors.Length)
                throw new SourceException("The header of the .dbf is cut short.");
            var descriptor = descriptors.AsSpan(at, FieldBytes);
            var name = descriptor[..11];
            var end = name.IndexOf((byte)0);
            // A long text has the high byte of its length where a number has its decimals.
            var length = descriptor[16] + (isLong && descriptor[11] == (byte)'C' ? descriptor[17] << 8 : 0);
            var field = new Field(NameOf(end < 0 ? name : name[..end], text, fields.Count), (char)descriptor[11], start, length);
            start += field.Length;
            if (start > rowBytes)
                throw new SourceException("The fields of the .dbf are longer than its rows.");
            if (fields.Exists(known => known.Name == field.Name))
                throw new SourceException($"The table has the column \"{JsonTokens.Shortened(field.Name)}\" twice.");
            if (fields.Count == limits.Columns)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The table has more than {limits.Columns} columns."));
            fields.Add(field);
        }

        return fields;
    }

    private static int Length(ReadOnlySpan<byte> descriptors, bool byLongTexts)
    {
        var length = 1;
        for (var at = 0; at + FieldBytes <= descriptors.Length && descriptors[at] != EndOfFields; at += FieldBytes)
            length += descriptors[at + 16] + (byLongTexts && descriptors[at + 11] == (byte)'C' ? descriptors[at + 17] << 8 : 0);
        return length;
    }

    private static string NameOf(ReadOnlySpan<byte> name, DbfText text, int place) =>
        text.Read(name, () => string.Create(CultureInfo.InvariantCulture, $"The name of field {place}")).Trim();

    private static async ValueTask<byte[]> ReadWhole(Stream stream, int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        return await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellation) == count
            ? bytes
            : throw new SourceException("The header of the .dbf is cut short.");
    }
}
