using System.Text.Json;

namespace Registry.Core.Ground;

/// <summary>Writes a rectangle of whole cells, such as one cell or one sheet, as a GeoJSON Polygon.</summary>
/// <remarks>
/// Counterclockwise from the south-west corner. By integers, in the same digits as <see cref="Outline"/>: a corner has one text, whoever
/// writes it.
/// </remarks>
public static class GridRectangle
{
    /// <summary>Writes the rectangle of one cell.</summary>
    public static void Write(Utf8JsonWriter writer, Graticule graticule, Cell cell) =>
        Write(writer, graticule, graticule.Row(cell), graticule.Column(cell), 1, 1);

    /// <summary>Writes the rectangle of one sheet.</summary>
    public static void Write(Utf8JsonWriter writer, Graticule graticule, SheetId sheet) => Write(
        writer, graticule, graticule.FirstRow(sheet), graticule.FirstColumn(sheet), graticule.RowsPerSheet, graticule.ColumnsPerSheet);

    private static void Write(Utf8JsonWriter writer, Graticule graticule, int row, int column, int rows, int columns)
    {
        var (west, east) = (graticule.LongitudeInTenths(column), graticule.LongitudeInTenths(column + columns));
        var (south, north) = (graticule.LatitudeInTenths(row), graticule.LatitudeInTenths(row + rows));
        writer.WriteStartObject();
        writer.WriteString("type"u8, "Polygon"u8);
        writer.WriteStartArray("coordinates"u8);
        writer.WriteStartArray();
        WritePosition(writer, west, south);
        WritePosition(writer, east, south);
        WritePosition(writer, east, north);
        WritePosition(writer, west, north);
        WritePosition(writer, west, south);
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter writer, int longitude, int latitude)
    {
        Span<byte> text = stackalloc byte[(2 * DecimalDegrees.MostBytes) + 3];
        text[0] = (byte)'[';
        var length = 1 + DecimalDegrees.Format(longitude, text[1..]);
        text[length++] = (byte)',';
        length += DecimalDegrees.Format(latitude, text[length..]);
        text[length++] = (byte)']';
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
