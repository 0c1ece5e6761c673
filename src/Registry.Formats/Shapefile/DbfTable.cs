using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Registry.Core.GeoJson;
using Registry.Formats.Features;

namespace Registry.Formats.Shapefile;

/// <summary>Reads the rows of a dBASE III table, as shapefiles have them.</summary>
/// <remarks>
/// Texts are in the encoding that the .cpg names; without one, in UTF-8 where they are that, else in ISO 8859-1, which is the format's
/// own default (language driver 0x57).
/// </remarks>
internal sealed class DbfTable : IDisposable
{
    private const int HeaderBytes = 32;
    private const int FieldBytes = 32;
    private const byte EndOfFields = 0x0D;

    private readonly Stream _rows;
    private readonly Encoding? _encoding;
    private readonly IReadOnlyList<Field> _fields;
    private readonly byte[] _row;
    private long _left;

    private DbfTable(Stream rows, Encoding? encoding, IReadOnlyList<Field> fields, int rowBytes, long count) =>
        (_rows, _encoding, _fields, _row, _left) = (rows, encoding, fields, new byte[rowBytes], count);

    private readonly record struct Field(string Name, char Type, int Start, int Length);

    /// <summary>Reads the header.</summary>
    /// <param name="table">The table; the answer's from here on.</param>
    /// <param name="encoding">The text of the .cpg; null when there is none.</param>
    /// <param name="limits">How many columns.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async ValueTask<DbfTable> Open(Stream table, string? encoding, SourceLimits limits, CancellationToken cancellation)
    {
        var start = await ReadWhole(table, HeaderBytes, cancellation);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(4));
        var headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8));
        var rowBytes = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(10));
        if (headerBytes < HeaderBytes + 1 || rowBytes == 0)
            throw new SourceException("The .dbf does not begin as a dBASE table does.");
        var rest = await ReadWhole(table, headerBytes - HeaderBytes, cancellation);
        var named = EncodingOf(encoding);
        return new DbfTable(table, named, FieldsOf(rest, rowBytes, named, limits), rowBytes, count);
    }

    /// <summary>The properties of the next row; null after the last. Rows that are marked as deleted count as empty ones.</summary>
    public async ValueTask<JsonElement?> Next(SourceLimits limits, CancellationToken cancellation)
    {
        if (_left-- <= 0)
            return null;
        var read = await _rows.ReadAtLeastAsync(_row, _row.Length, throwOnEndOfStream: false, cancellation);
        if (read < _row.Length)
            throw new SourceException("The .dbf is cut short.");
        var properties = new PropertyText(limits);
        foreach (var field in _fields)
            Add(properties, field);
        return properties.End();
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private void Add(PropertyText properties, Field field)
    {
        var text = TextOf(_row.AsSpan(field.Start, field.Length), _encoding).Trim().TrimEnd('\0');
        if (text.Length == 0 || text.All(letter => letter == '*'))
            return;
        if (field.Type is 'N' or 'F' && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            properties.Add(field.Name, number);
        else if (field.Type == 'L' && text is "T" or "t" or "Y" or "y" or "F" or "f" or "N" or "n")
            properties.Add(field.Name, text is "T" or "t" or "Y" or "y");
        else if (field.Type == 'D' && DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            properties.Add(field.Name, date.ToString("O", CultureInfo.InvariantCulture));
        else
            properties.Add(field.Name, text);
    }

    private static List<Field> FieldsOf(byte[] descriptors, int rowBytes, Encoding? encoding, SourceLimits limits)
    {
        var fields = new List<Field>();
        var start = 1;
        for (var at = 0; at < descriptors.Length && descriptors[at] != EndOfFields; at += FieldBytes)
        {
            if (at + FieldBytes > descriptors.Length)
                throw new SourceException("The header of the .dbf is cut short.");
            var descriptor = descriptors.AsSpan(at, FieldBytes);
            var name = descriptor[..11];
            var end = name.IndexOf((byte)0);
            var field = new Field(TextOf(end < 0 ? name : name[..end], encoding).Trim(), (char)descriptor[11], start, descriptor[16]);
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

    private static string TextOf(ReadOnlySpan<byte> bytes, Encoding? encoding) =>
        (encoding ?? (System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1)).GetString(bytes);

    private static Encoding? EncodingOf(string? cpg)
    {
        var name = cpg?.Trim();
        if (string.IsNullOrEmpty(name))
            return null;
        // "1251", "ANSI 1251", "CP1251", "windows-1251", "UTF-8".
        var digits = new string([.. name.Where(char.IsAsciiDigit)]);
        try
        {
            if (name.StartsWith("UTF", StringComparison.OrdinalIgnoreCase))
                return Encoding.UTF8;
            if (name.StartsWith("ISO", StringComparison.OrdinalIgnoreCase))
                return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
                ? CodePagesEncodingProvider.Instance.GetEncoding(page) ?? throw Unknown(name)
                : throw Unknown(name);
        }
        catch (ArgumentException)
        {
            throw Unknown(name);
        }
    }

    private static SourceException Unknown(string name) => new($"The encoding \"{JsonTokens.Shortened(name)}\" that the .cpg names is not known.");

    private static async ValueTask<byte[]> ReadWhole(Stream stream, int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        return await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellation) == count
            ? bytes
            : throw new SourceException("The header of the .dbf is cut short.");
    }
}
