using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Registry.Core.Ground;

/// <summary>The exact outline of a set of cells, in corners of the graticule.</summary>
/// <remarks>
/// One polygon for each part that is connected by sides; parts that meet in a corner stay apart and holes may touch in a corner, so the
/// whole is valid by OGC Simple Features. Ground on both sides of 180 degrees is cut there (RFC 7946, 3.1.9).
/// </remarks>
public sealed class Outline
{
    private Outline(Graticule graticule, IReadOnlyList<OutlinePolygon> polygons)
    {
        Graticule = graticule;
        Polygons = polygons;
    }

    /// <summary>The graticule that turns corners into degrees.</summary>
    public Graticule Graticule { get; }

    /// <summary>The connected pieces, in the order of their first cells; none for the empty set.</summary>
    public IReadOnlyList<OutlinePolygon> Polygons { get; }

    /// <summary>Whether the outline is one ring: one piece without holes.</summary>
    public bool IsOneRing => Polygons is [{ Holes.Count: 0 }];

    /// <summary>Traces a set of cells. Takes time and memory linear in its runs, and no more memory than its answer for 200 cells.</summary>
    public static Outline Of(Graticule graticule, CellSet cells)
    {
        var count = CellRun.Count(graticule, cells);
        var small = count <= CellRun.MostOnStack / 2;
        Span<CellRun> runs = small ? stackalloc CellRun[count] : new CellRun[count];
        Span<int> parts = small ? stackalloc int[count] : new int[count];
        var vertexCount = count * OutlineTracer.VerticesPerRun;
        var scratchCount = count * OutlineTracer.ScratchPerRun;
        Span<Vertex> vertices = small ? stackalloc Vertex[vertexCount] : new Vertex[vertexCount];
        Span<int> scratch = small ? stackalloc int[scratchCount] : new int[scratchCount];
        CellRun.Find(graticule, cells, runs);
        var partCount = CellRun.Label(runs, parts, around: 0);
        return new Outline(graticule, new OutlineTracer(runs, parts, vertices, scratch).Trace(partCount));
    }

    /// <summary>
    /// The outline in degrees, longitude first: a <see cref="Polygon"/> when it is one ring, or else a <see cref="MultiPolygon"/>.
    /// </summary>
    public Geometry ToGeometry(GeometryFactory factory) =>
        ToGeometry(factory, vertex => new Coordinate(Graticule.Longitude(vertex.Column), Graticule.Latitude(vertex.Row)));

    /// <summary>
    /// The geometry that who reads what <see cref="WriteTo"/> writes gets, number for number. It lies within half of the last decimal,
    /// 5e-8 degrees, of <see cref="ToGeometry(GeometryFactory)"/>, and outlines that share a vertex there share it here.
    /// </summary>
    public Geometry ToWrittenGeometry(GeometryFactory factory) => ToGeometry(factory, vertex => new Coordinate(
        DecimalDegrees.ValueOf(Graticule.LongitudeInTenths(vertex.Column)), DecimalDegrees.ValueOf(Graticule.LatitudeInTenths(vertex.Row))));

    /// <summary>
    /// Writes the outline as a GeoJSON geometry, without a copy on the way: a Polygon when it is one ring, or else a MultiPolygon.
    /// Degrees have at most 7 decimals, which is a centimetre; <see cref="Snapping"/> leads back from them to the same cells.
    /// </summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, IsOneRing ? "Polygon"u8 : "MultiPolygon"u8);
        writer.WritePropertyName("coordinates"u8);
        if (IsOneRing)
        {
            WritePolygon(writer, Polygons[0]);
        }
        else
        {
            writer.WriteStartArray();
            foreach (var polygon in Polygons)
                WritePolygon(writer, polygon);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private Geometry ToGeometry(GeometryFactory factory, Func<Vertex, Coordinate> place)
    {
        if (IsOneRing)
            return ToPolygon(factory, Polygons[0], place);
        var polygons = new Polygon[Polygons.Count];
        for (var i = 0; i < polygons.Length; i++)
            polygons[i] = ToPolygon(factory, Polygons[i], place);
        return factory.CreateMultiPolygon(polygons);
    }

    private static Polygon ToPolygon(GeometryFactory factory, OutlinePolygon polygon, Func<Vertex, Coordinate> place)
    {
        var holes = new LinearRing[polygon.Holes.Count];
        for (var i = 0; i < holes.Length; i++)
            holes[i] = ToRing(factory, polygon.Holes[i], place);
        return factory.CreatePolygon(ToRing(factory, polygon.Shell, place), holes);
    }

    private static LinearRing ToRing(GeometryFactory factory, Vertex[] ring, Func<Vertex, Coordinate> place)
    {
        var coordinates = new Coordinate[ring.Length + 1];
        for (var i = 0; i < ring.Length; i++)
            coordinates[i] = place(ring[i]);
        coordinates[^1] = coordinates[0].Copy();
        return factory.CreateLinearRing(coordinates);
    }

    private void WritePolygon(Utf8JsonWriter writer, OutlinePolygon polygon)
    {
        writer.WriteStartArray();
        WriteRing(writer, polygon.Shell);
        foreach (var hole in polygon.Holes)
            WriteRing(writer, hole);
        writer.WriteEndArray();
    }

    private void WriteRing(Utf8JsonWriter writer, Vertex[] ring)
    {
        writer.WriteStartArray();
        foreach (var vertex in ring)
            WritePosition(writer, vertex);
        WritePosition(writer, ring[0]);
        writer.WriteEndArray();
    }

    private void WritePosition(Utf8JsonWriter writer, Vertex vertex)
    {
        Span<byte> text = stackalloc byte[DecimalDegrees.MostBytes];
        writer.WriteStartArray();
        writer.WriteRawValue(text[..DecimalDegrees.Format(Graticule.LongitudeInTenths(vertex.Column), text)], skipInputValidation: true);
        writer.WriteRawValue(text[..DecimalDegrees.Format(Graticule.LatitudeInTenths(vertex.Row), text)], skipInputValidation: true);
        writer.WriteEndArray();
    }
}
