using System.Buffers;
using System.Text;
using System.Text.Json;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.WellKnown;

namespace Registry.Formats.Csv;

/// <summary>Writes a table in comma-separated values (RFC 4180), in UTF-8, with the geometry as well-known text in the last column, WKT.</summary>
/// <remarks>
/// A list of texts is one field, its members parted by semicolons; other lists and objects are JSON. A value that is missing is an empty
/// field. Texts, lists and JSON are guarded against spreadsheets that would take them for a formula, see <see cref="CsvGuard"/>; numbers go out
/// as they are.
/// </remarks>
/// <param name="columns">The columns before the geometry.</param>
/// <param name="system">The reference system of the geometry.</param>
public sealed class CsvWriter(IReadOnlyList<FeatureColumn> columns, ReferenceSystem system) : IFeatureWriter
{
    private readonly FeatureRow _row = new(columns, system);
    private readonly ArrayBufferWriter<byte> _field = new();
    private byte[] _text = [];

    /// <inheritdoc/>
    public void Begin(IBufferWriter<byte> output)
    {
        foreach (var column in columns)
        {
            output.Write(Encoding.UTF8.GetBytes(column.Name));
            output.Write(","u8);
        }

        output.Write("WKT\r\n"u8);
    }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, byte[] feature)
    {
        _row.Read(feature);
        for (var i = 0; i < columns.Count; i++)
        {
            WriteValue(output, i);
            output.Write(","u8);
        }

        // Well-known text has commas and no quotes.
        if (_row.Geometry.Kind != GeometryKind.None)
        {
            output.Write("\""u8);
            WellKnownTextWriter.Write(output, _row.Geometry, system);
            output.Write("\""u8);
        }

        output.Write("\r\n"u8);
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> output)
    {
    }

    private void WriteValue(IBufferWriter<byte> output, int column)
    {
        switch (_row.Token(column))
        {
            case JsonTokenType.None:
                break;
            case JsonTokenType.String:
                WriteText(output, _row.Text(column, ref _text));
                break;
            case JsonTokenType.StartArray when columns[column].Content == ColumnContent.Texts:
                WriteText(output, Joined(_row.Raw(column)));
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                WriteText(output, _row.Raw(column));
                break;
            default:
                WriteField(output, _row.Raw(column));
                break;
        }
    }

    private ReadOnlySpan<byte> Joined(ReadOnlySpan<byte> array)
    {
        _field.ResetWrittenCount();
        var json = new Utf8JsonReader(array);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            if (_field.WrittenCount > 0)
                _field.Write(";"u8);
            _field.Advance(json.CopyString(_field.GetSpan(json.ValueSpan.Length + 1)));
        }

        return _field.WrittenSpan;
    }

    private static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<byte> text) =>
        WriteField(output, CsvGuard.IsNeeded(text) ? CsvGuard.Put(text) : text);

    private static void WriteField(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny("\",\r\n"u8))
        {
            output.Write(text);
            return;
        }

        output.Write("\""u8);
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            output.Write(text[..(quote + 1)]);
            output.Write("\""u8);
            text = text[(quote + 1)..];
        }

        output.Write(text);
        output.Write("\""u8);
    }
}
