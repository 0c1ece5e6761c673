using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>
/// Keeps a geometry in the registry's own records, such as events, as a GeoJSON geometry object that reads back bit by bit.
/// </summary>
/// <remarks>
/// Unlike <see cref="GeometryWriter"/> it rounds no number, turns no ring and writes an empty geometry as one of its type without
/// positions. What it reads is trusted: it was checked before it was kept, and a rule made later must not make the journal unreadable.
/// Altitudes are not kept; the geometry read belongs to <see cref="Wgs84"/>.
/// </remarks>
public sealed class GeometryJsonConverter : JsonConverter<Geometry>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is no geometry.</exception>
    public override Geometry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var reading = GeometryReader.Read(ref reader, GeoJsonLimits.None, GeometryTypes.All, trusted: true);
        return reading.IsSound ? reading.Geometry : throw new JsonException($"{reading.Faults[0].Pointer}: {reading.Faults[0].Detail}");
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The geometry is a collection of several types, which no record of the registry holds.</exception>
    public override void Write(Utf8JsonWriter writer, Geometry value, JsonSerializerOptions options)
    {
        var type = GeometryWriter.TypeOf(value);
        if (type == "GeometryCollection")
            throw new NotSupportedException("A GeometryCollection is not kept.");
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WritePropertyName("coordinates"u8);
        WriteContent(writer, value);
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, Geometry geometry)
    {
        if (geometry is Point { IsEmpty: false } point)
        {
            WritePosition(writer, point.CoordinateSequence, 0);
            return;
        }

        writer.WriteStartArray();
        switch (geometry)
        {
            case LineString line:
                for (var i = 0; i < line.NumPoints; i++)
                    WritePosition(writer, line.CoordinateSequence, i);
                break;
            case Polygon { IsEmpty: false } polygon:
                WriteContent(writer, polygon.Shell);
                foreach (var hole in polygon.Holes)
                    WriteContent(writer, hole);
                break;
            case GeometryCollection parts:
                foreach (var part in parts.Geometries)
                    WriteContent(writer, part);
                break;
        }

        writer.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter writer, CoordinateSequence positions, int index)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(positions.GetX(index));
        writer.WriteNumberValue(positions.GetY(index));
        writer.WriteEndArray();
    }
}
