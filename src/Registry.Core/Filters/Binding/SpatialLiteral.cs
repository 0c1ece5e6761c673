using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using Registry.Core.GeoJson;

namespace Registry.Core.Filters.Binding;

/// <summary>Checks the geometry of a literal by the rules for every geometry that the registry is sent: range, validity, closed rings.</summary>
internal static class SpatialLiteral
{
    private static readonly GeometryJsonConverter Exact = new();

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
            : ReadOne(written.Value, literal.Place);
        written.Sound = new Remembered<Geometry>(written.Value, geometry);
        return geometry;
    }

    private static Geometry ReadBox(BoxLiteral box)
    {
        if (Math.Abs(box.West) > 180 || Math.Abs(box.East) > 180 || Math.Abs(box.South) > 90 || Math.Abs(box.North) > 90)
            throw new FilterFaultException(box.Place, "The box leaves the range of longitudes, -180 to 180, or of latitudes, -90 to 90; longitude comes first.");
        return LiteralGeometry.Box(box);
    }

    // Parts of one dimension are made one geometry, which every relation takes. Areas may overlap and are united; a mixture stays a
    // collection, and so do more areas than are united in little time.
    private static Geometry ReadCollection(GeometryCollection parts, FilterPlace place)
    {
        const int mostUnited = 1_000;
        var read = Array.ConvertAll(parts.Geometries, part => ReadOne(part, place));
        if (!Array.TrueForAll(read, part => part.Dimension == read[0].Dimension))
            return Wgs84.Factory.CreateGeometryCollection(read);
        if (read[0].Dimension != Dimension.Surface)
            return Wgs84.Factory.BuildGeometry(read.SelectMany(Single));
        var collection = Wgs84.Factory.CreateGeometryCollection(read);
        return collection.NumPoints <= mostUnited ? OverlayNGRobust.Union((Geometry)collection) : collection;
    }

    private static IEnumerable<Geometry> Single(Geometry geometry) => Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN);

    private static Geometry ReadOne(Geometry geometry, FilterPlace place)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Exact.Write(json, geometry, JsonSerializerOptions.Default);
        var limits = GeoJsonLimits.Default with { Bytes = int.MaxValue };
        var reading = GeometryReader.Read(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), limits);
        return reading.IsSound
            ? reading.Geometry
            : throw new FilterFaultException(place, $"The geometry is not valid: {reading.Faults[0].Detail}");
    }
}
