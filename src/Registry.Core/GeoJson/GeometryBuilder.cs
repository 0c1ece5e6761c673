using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>Builds NetTopologySuite's geometry from positions whose lines have been checked.</summary>
internal static class GeometryBuilder
{
    /// <summary>Builds the geometry.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="positions">Its positions.</param>
    /// <param name="rightHanded">Whether rings are turned to the right-hand rule or left as they are.</param>
    public static Geometry Build(GeometryTypes type, PositionList positions, bool rightHanded) => type switch
    {
        GeometryTypes.Point => positions.Count == 0
            ? Wgs84.Factory.CreatePoint()
            : Wgs84.Factory.CreatePoint(positions.ToCoordinates(positions.Lines[0])[0]),
        GeometryTypes.MultiPoint => Wgs84.Factory.CreateMultiPointFromCoords(positions.ToCoordinates(positions.Lines[0])),
        GeometryTypes.LineString => LineOf(positions, positions.Lines[0]),
        GeometryTypes.MultiLineString => Wgs84.Factory.CreateMultiLineString([.. positions.Lines.Select(line => LineOf(positions, line))]),
        GeometryTypes.Polygon => PolygonOf([.. positions.Lines.Select(line => RingOf(positions, line, rightHanded))]),
        GeometryTypes.MultiPolygon => Wgs84.Factory.CreateMultiPolygon(Polygons(positions, rightHanded)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not one type of geometry."),
    };

    private static LineString LineOf(PositionList positions, PositionList.Line line) =>
        Wgs84.Factory.CreateLineString(positions.ToCoordinates(line));

    private static Polygon[] Polygons(PositionList positions, bool rightHanded)
    {
        var rings = new List<LinearRing>[positions.Parts];
        for (var part = 0; part < rings.Length; part++)
            rings[part] = [];
        foreach (var line in positions.Lines)
            rings[line.Part].Add(RingOf(positions, line, rightHanded));
        return Array.ConvertAll(rings, PolygonOf);
    }

    private static Polygon PolygonOf(List<LinearRing> rings) =>
        rings.Count == 0 ? Wgs84.Factory.CreatePolygon() : Wgs84.Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);

    private static LinearRing RingOf(PositionList positions, PositionList.Line line, bool rightHanded)
    {
        var coordinates = positions.ToCoordinates(line);
        var isOuter = line.Index == 0;
        return Wgs84.Factory.CreateLinearRing(rightHanded && Orientation.IsCCW(coordinates) != isOuter
            ? positions.ToCoordinates(line, reversed: true)
            : coordinates);
    }
}
