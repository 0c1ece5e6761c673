using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;

namespace Registry.Core.Filters;

/// <summary>
/// Builds the geometry of a literal from its positions. It sees to what the geometry library cannot do without: closed rings of four
/// positions, lines of two. Whether a geometry is a valid one is asked when the filter is bound.
/// </summary>
internal static class LiteralGeometry
{
    public static Point Point(Coordinate position) => Wgs84.Factory.CreatePoint(position);

    public static MultiPoint MultiPoint(IReadOnlyList<Coordinate> positions) => Wgs84.Factory.CreateMultiPointFromCoords([.. positions]);

    /// <exception cref="FilterFaultException">There are fewer than two positions.</exception>
    public static LineString Line(IReadOnlyList<Coordinate> positions, FilterPlace place) => positions.Count >= 2
        ? Wgs84.Factory.CreateLineString([.. positions])
        : throw new FilterFaultException(place, "A line has two positions or more.");

    /// <exception cref="FilterFaultException">There are fewer than four positions, or the last is not the first.</exception>
    public static LinearRing Ring(IReadOnlyList<Coordinate> positions, FilterPlace place)
    {
        if (positions.Count < 4)
            throw new FilterFaultException(place, "A ring has four positions or more.");
        if (!positions[0].Equals2D(positions[^1]))
            throw new FilterFaultException(place, "A ring ends where it begins.");
        return Wgs84.Factory.CreateLinearRing([.. positions]);
    }

    public static Polygon Polygon(List<LinearRing> rings) => Wgs84.Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);

    public static MultiLineString MultiLine(IEnumerable<LineString> lines) => Wgs84.Factory.CreateMultiLineString([.. lines]);

    public static MultiPolygon MultiPolygon(IEnumerable<Polygon> polygons) => Wgs84.Factory.CreateMultiPolygon([.. polygons]);

    public static GeometryCollection Collection(IEnumerable<Geometry> parts) => Wgs84.Factory.CreateGeometryCollection([.. parts]);

    /// <summary>The rectangle of a box literal, in two parts where it crosses the antimeridian; a line or a point where it has no area.</summary>
    public static Geometry Box(BoxLiteral box) => box.West <= box.East
        ? Wgs84.Factory.ToGeometry(new Envelope(box.West, box.East, box.South, box.North))
        : Wgs84.Factory.BuildGeometry(
        [
            Wgs84.Factory.ToGeometry(new Envelope(box.West, 180, box.South, box.North)),
            Wgs84.Factory.ToGeometry(new Envelope(-180, box.East, box.South, box.North)),
        ]);

    /// <summary>A box of four numbers, or of six with heights.</summary>
    /// <exception cref="FilterFaultException">There are others, or an edge is out of order.</exception>
    public static BoxLiteral BoxOf(IReadOnlyList<double> edges, FilterPlace place)
    {
        if (edges.Count is not (4 or 6))
            throw new FilterFaultException(place, "A box has four numbers: west, south, east, north; or six, with the lowest and the highest after each corner.");
        var upper = edges.Count / 2;
        return edges[1] <= edges[upper + 1]
            ? new BoxLiteral(edges[0], edges[1], edges[upper], edges[upper + 1]) { Place = place }
            : throw new FilterFaultException(place, "The south edge of the box lies north of its north edge.");
    }
}
