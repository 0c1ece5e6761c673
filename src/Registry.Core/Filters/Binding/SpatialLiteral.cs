using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using Registry.Core.GeoJson;

namespace Registry.Core.Filters.Binding;

/// <summary>Checks the geometry of a literal by the rules for every geometry that the registry is sent: range, validity, closed rings.</summary>
internal static class SpatialLiteral
{
    private static readonly GeoJsonLimits Limits = GeoJsonLimits.Default with { EdgeDegrees = 360 };

    /// <summary>The geometry of a literal: valid, in degrees, longitude first.</summary>
    /// <exception cref="FilterFaultException">It is not valid.</exception>
    public static Geometry Read(FilterExpression literal)
    {
        if (literal is BoxLiteral box)
            return ReadBox(box);
        var written = (GeometryLiteral)literal;
        if (written.Sound.Of(written.Value) is { } known)
            return known;
        var geometry = written.Value is GeometryCollection parts and not (MultiPoint or MultiLineString or MultiPolygon)
            ? ReadCollection(parts, literal.Place)
            : CheckTangle(ReadOne(written.Value, literal.Place), literal.Place);
        written.Sound = new Remembered<Geometry>(written.Value, geometry);
        return geometry;
    }

    private static Geometry ReadBox(BoxLiteral box)
    {
        if (Math.Abs(box.West) > 180 || Math.Abs(box.East) > 180 || Math.Abs(box.South) > 90 || Math.Abs(box.North) > 90)
            throw new FilterFaultException(box.Place, "The box leaves the range of longitudes, -180 to 180, or of latitudes, -90 to 90; longitude comes first.");
        return LiteralGeometry.Box(box);
    }

    // Areas may overlap and are united. Parts of one dimension are then one geometry, which every relation takes; a mixture stays a
    // collection.
    private static Geometry ReadCollection(GeometryCollection parts, FilterPlace place)
    {
        var read = Array.ConvertAll(parts.Geometries, part => ReadOne(part, place));
        CheckTangle(Wgs84.Factory.CreateGeometryCollection(read), place);
        Geometry[] areas = [.. read.Where(part => part.Dimension == Dimension.Surface)];
        Geometry[] others = [.. read.Where(part => part.Dimension != Dimension.Surface)];
        if (areas.Length == 0 && Array.TrueForAll(others, part => part.Dimension == others[0].Dimension))
            return Wgs84.Factory.BuildGeometry(others.SelectMany(Single));
        if (areas.Length == 0)
            return Wgs84.Factory.CreateGeometryCollection(others);
        var united = areas.Length == 1 ? areas[0] : OverlayNGRobust.Union((Geometry)Wgs84.Factory.CreateGeometryCollection(areas));
        return others.Length == 0 ? united : Wgs84.Factory.CreateGeometryCollection([united, .. others]);
    }

    // An area that is valid crosses nothing.
    private static Geometry CheckTangle(Geometry geometry, FilterPlace place) => geometry is not IPolygonal && Tangle.IsIn(geometry)
        ? throw new FilterFaultException(place, Tangle.Fault)
        : geometry;

    private static IEnumerable<Geometry> Single(Geometry geometry) => Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN);

    private static Geometry ReadOne(Geometry geometry, FilterPlace place)
    {
        var reading = GeometryReader.Read(geometry, Limits);
        return reading.IsSound
            ? reading.Geometry
            : throw new FilterFaultException(place, $"The geometry is not valid: {reading.Faults[0].Detail}");
    }
}
