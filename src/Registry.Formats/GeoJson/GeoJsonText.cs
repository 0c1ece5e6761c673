using System.Buffers;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoJson;

/// <summary>Writes geometry as GeoJSON in any reference system (OGC API - Features, Part 2, /req/crs/geojson).</summary>
internal static class GeoJsonText
{
    /// <summary>Writes a geometry object, or null where there is none.</summary>
    public static void Write(IBufferWriter<byte> output, FlatGeometry geometry, ReferenceSystem system)
    {
        if (geometry.Kind == GeometryKind.None)
        {
            output.Write("null"u8);
            return;
        }

        output.Write("{\"type\":\""u8);
        output.Write(NameOf(geometry.Kind));
        if (geometry.Kind == GeometryKind.GeometryCollection)
        {
            output.Write("\",\"geometries\":["u8);
            for (var i = 0; i < geometry.ChildCount; i++)
            {
                if (i > 0)
                    output.Write(","u8);
                Write(output, geometry.Child(i), system);
            }

            output.Write("]}"u8);
            return;
        }

        output.Write("\",\"coordinates\":"u8);
        new CoordinateText(output, geometry, system, "["u8, ","u8, "]"u8, ","u8, isEachPositionEnclosed: true).Write();
        output.Write("}"u8);
    }

    private static ReadOnlySpan<byte> NameOf(GeometryKind kind) => kind switch
    {
        GeometryKind.Point => "Point"u8,
        GeometryKind.LineString => "LineString"u8,
        GeometryKind.Polygon => "Polygon"u8,
        GeometryKind.MultiPoint => "MultiPoint"u8,
        GeometryKind.MultiLineString => "MultiLineString"u8,
        GeometryKind.MultiPolygon => "MultiPolygon"u8,
        _ => "GeometryCollection"u8,
    };
}
