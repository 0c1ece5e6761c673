using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Registry.Core.Filters.Json;

/// <summary>Geometry literals of cql2-json: GeoJSON, and <c>{"bbox": [...]}</c>. Altitudes are read and left out.</summary>
internal sealed class JsonGeometry(FilterBudget budget)
{
    /// <summary>A geometry.</summary>
    /// <exception cref="FilterFaultException">It is none.</exception>
    public Geometry Read(JsonElement element, string pointer)
    {
        var type = JsonParser.Text(element.GetProperty("type"u8), $"{pointer}/type");
        if (type == "GeometryCollection")
            return LiteralGeometry.Collection(Items(Member(element, "geometries", pointer), $"{pointer}/geometries", ReadPart));
        var coordinates = Member(element, "coordinates", pointer);
        var at = $"{pointer}/coordinates";
        return type switch
        {
            "Point" => LiteralGeometry.Point(Position(coordinates, at)),
            "MultiPoint" => LiteralGeometry.MultiPoint(Items(coordinates, at, Position)),
            "LineString" => Line(coordinates, at),
            "MultiLineString" => LiteralGeometry.MultiLine(Items(coordinates, at, Line)),
            "Polygon" => Polygon(coordinates, at),
            "MultiPolygon" => LiteralGeometry.MultiPolygon(Items(coordinates, at, Polygon)),
            _ => throw new FilterFaultException(FilterPlace.At(pointer), $"There is no geometry type '{GeoJson.JsonTokens.Shortened(type)}'."),
        };
    }

    /// <summary>A box.</summary>
    /// <exception cref="FilterFaultException">It is none.</exception>
    public static BoxLiteral Box(JsonElement element, string pointer, FilterPlace place) =>
        LiteralGeometry.BoxOf(Items(element, pointer, Number), place);

    /// <summary>A finite number.</summary>
    /// <exception cref="FilterFaultException">It is none.</exception>
    public static double Number(JsonElement element, string pointer) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new FilterFaultException(FilterPlace.At(pointer), "A number, finite in double precision, was expected.");

    private Geometry ReadPart(JsonElement element, string pointer) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type"u8, out var type) && !type.ValueEquals("GeometryCollection"u8)
            ? Read(element, pointer)
            : throw new FilterFaultException(FilterPlace.At(pointer), "A geometry that is no collection was expected.");

    private LineString Line(JsonElement element, string pointer) =>
        LiteralGeometry.Line(Items(element, pointer, Position), FilterPlace.At(pointer));

    private Polygon Polygon(JsonElement element, string pointer) => LiteralGeometry.Polygon(
        Items(element, pointer, (ring, at) => LiteralGeometry.Ring(Items(ring, at, Position), FilterPlace.At(at))));

    private Coordinate Position(JsonElement element, string pointer)
    {
        budget.Vertex(FilterPlace.At(pointer));
        var numbers = Items(element, pointer, Number);
        return numbers.Count is 2 or 3
            ? new Coordinate(numbers[0], numbers[1])
            : throw new FilterFaultException(FilterPlace.At(pointer), "A position has two numbers, or three with the altitude.");
    }

    private static JsonElement Member(JsonElement element, string name, string pointer) =>
        element.TryGetProperty(name, out var member)
            ? member
            : throw new FilterFaultException(FilterPlace.At(pointer), $"The geometry has no member {name}.");

    private static List<TItem> Items<TItem>(JsonElement element, string pointer, Func<JsonElement, string, TItem> read)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
            throw new FilterFaultException(FilterPlace.At(pointer), "An array that is not empty was expected.");
        var items = new List<TItem>();
        foreach (var item in element.EnumerateArray())
            items.Add(read(item, $"{pointer}/{items.Count}"));
        return items;
    }
}
