using System.Text.Json;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>Writes geometry as a GeoJSON geometry object (RFC 7946, section 3.1) for those who ask.</summary>
/// <remarks>
/// Longitude first; outer rings counterclockwise and holes clockwise (3.1.6); altitudes are not written. Numbers have at most nine
/// decimals, a tenth of a millimetre, and never an exponent or a negative zero. For a form that reads back bit by bit there is
/// <see cref="GeometryJsonConverter"/>.
/// </remarks>
public static class GeometryWriter
{
    /// <summary>Writes the geometry, or <c>null</c> where there is none or it is empty. Empty parts are left out.</summary>
    /// <exception cref="ArgumentException">A coordinate is not a finite number of degrees, or the geometry is of a type that GeoJSON lacks.</exception>
    public static void Write(Utf8JsonWriter writer, Geometry? geometry)
    {
        if (geometry is null || geometry.IsEmpty)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, TypeOf(geometry));
        writer.WritePropertyName(geometry is GeometryCollection and not (MultiPoint or MultiLineString or MultiPolygon)
            ? "geometries"u8
            : "coordinates"u8);
        WriteContent(writer, geometry);
        writer.WriteEndObject();
    }

    /// <summary>The geometry that who reads what <see cref="Write"/> writes gets, number for number; the same one where no number is rounded.</summary>
    public static Geometry AsWritten(Geometry geometry)
    {
        var rounding = new Rounding();
        geometry.Apply(rounding);
        if (!rounding.IsNeeded)
            return geometry;
        var written = geometry.Copy();
        written.Apply(new Rounding { Applies = true });
        written.GeometryChanged();
        return written;
    }

    /// <summary>The name that GeoJSON has for the geometry's type; a bare ring is a LineString.</summary>
    /// <exception cref="ArgumentException">GeoJSON has no such type.</exception>
    internal static string TypeOf(Geometry geometry) => geometry switch
    {
        Point => "Point",
        LineString => "LineString",
        Polygon => "Polygon",
        MultiPoint => "MultiPoint",
        MultiLineString => "MultiLineString",
        MultiPolygon => "MultiPolygon",
        GeometryCollection => "GeometryCollection",
        _ => throw new ArgumentException($"GeoJSON has no {geometry.GeometryType}.", nameof(geometry)),
    };

    private static void WriteContent(Utf8JsonWriter writer, Geometry geometry)
    {
        switch (geometry)
        {
            case Point point:
                WritePosition(writer, point.CoordinateSequence, 0);
                break;
            case LineString line:
                WriteLine(writer, line.CoordinateSequence, reversed: false);
                break;
            case Polygon polygon:
                writer.WriteStartArray();
                WriteRing(writer, polygon.Shell, counterclockwise: true);
                foreach (var hole in polygon.Holes)
                    WriteRing(writer, hole, counterclockwise: false);
                writer.WriteEndArray();
                break;
            case GeometryCollection parts:
                WriteParts(writer, parts);
                break;
        }
    }

    private static void WriteParts(Utf8JsonWriter writer, GeometryCollection parts)
    {
        var multi = parts is MultiPoint or MultiLineString or MultiPolygon;
        writer.WriteStartArray();
        foreach (var part in parts.Geometries)
        {
            if (part.IsEmpty)
                continue;
            if (multi)
                WriteContent(writer, part);
            else
                Write(writer, part);
        }

        writer.WriteEndArray();
    }

    private static void WriteRing(Utf8JsonWriter writer, LinearRing ring, bool counterclockwise)
    {
        if (!ring.IsEmpty)
            WriteLine(writer, ring.CoordinateSequence, reversed: Orientation.IsCCW(ring.CoordinateSequence) != counterclockwise);
    }

    private static void WriteLine(Utf8JsonWriter writer, CoordinateSequence positions, bool reversed)
    {
        writer.WriteStartArray();
        for (var i = 0; i < positions.Count; i++)
            WritePosition(writer, positions, reversed ? positions.Count - 1 - i : i);
        writer.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter writer, CoordinateSequence positions, int index)
    {
        writer.WriteStartArray();
        Degrees.Write(writer, positions.GetX(index));
        Degrees.Write(writer, positions.GetY(index));
        writer.WriteEndArray();
    }

    private sealed class Rounding : ICoordinateSequenceFilter
    {
        public bool Applies { get; init; }

        public bool IsNeeded { get; private set; }

        public bool Done => false;

        public bool GeometryChanged => false;

        public void Filter(CoordinateSequence seq, int i)
        {
            var (x, y) = (Degrees.Rounded(seq.GetX(i)), Degrees.Rounded(seq.GetY(i)));
            IsNeeded |= x != seq.GetX(i) || y != seq.GetY(i);
            if (!Applies)
                return;
            seq.SetX(i, x);
            seq.SetY(i, y);
        }
    }
}
