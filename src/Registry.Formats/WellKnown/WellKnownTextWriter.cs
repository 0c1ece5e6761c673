using System.Buffers;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.WellKnown;

/// <summary>Well-known text (OGC 06-103r4, 7.2).</summary>
public static class WellKnownTextWriter
{
    /// <summary>Writes a geometry; nothing where there is none.</summary>
    public static void Write(IBufferWriter<byte> output, FlatGeometry geometry, ReferenceSystem system)
    {
        if (geometry.Kind == GeometryKind.None)
            return;
        output.Write(NameOf(geometry.Kind));
        if (geometry.Kind != GeometryKind.GeometryCollection)
        {
            if (geometry.Kind == GeometryKind.Point)
                output.Write("("u8);
            new CoordinateText(output, geometry, system, "("u8, ", "u8, ")"u8, " "u8, geometry.Kind == GeometryKind.MultiPoint).Write();
            if (geometry.Kind == GeometryKind.Point)
                output.Write(")"u8);
            return;
        }

        output.Write("("u8);
        for (var i = 0; i < geometry.ChildCount; i++)
        {
            if (i > 0)
                output.Write(", "u8);
            Write(output, geometry.Child(i), system);
        }

        output.Write(")"u8);
    }

    private static ReadOnlySpan<byte> NameOf(GeometryKind kind) => kind switch
    {
        GeometryKind.Point => "POINT "u8,
        GeometryKind.LineString => "LINESTRING "u8,
        GeometryKind.Polygon => "POLYGON "u8,
        GeometryKind.MultiPoint => "MULTIPOINT "u8,
        GeometryKind.MultiLineString => "MULTILINESTRING "u8,
        GeometryKind.MultiPolygon => "MULTIPOLYGON "u8,
        _ => "GEOMETRYCOLLECTION "u8,
    };
}
