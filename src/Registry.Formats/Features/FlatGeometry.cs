using System.Text.Json;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.Features;

/// <summary>The types of geometry, numbered as in well-known binary and in FlatGeobuf.</summary>
public enum GeometryKind
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>One position.</summary>
    Point = 1,

    /// <summary>A line of positions.</summary>
    LineString = 2,

    /// <summary>Rings, the outer one first.</summary>
    Polygon = 3,

    /// <summary>Points.</summary>
    MultiPoint = 4,

    /// <summary>Lines.</summary>
    MultiLineString = 5,

    /// <summary>Polygons.</summary>
    MultiPolygon = 6,

    /// <summary>Geometries of any type.</summary>
    GeometryCollection = 7,
}

/// <summary>
/// A geometry as lists of numbers, read from GeoJSON that the registry itself encoded. Made to be used again and again: reading a
/// geometry forgets the one before.
/// </summary>
public sealed class FlatGeometry
{
    private readonly List<FlatGeometry> _children = [];

    /// <summary>Its type.</summary>
    public GeometryKind Kind { get; private set; }

    /// <summary>Positions: easting or longitude, northing or latitude, the next easting, and so on.</summary>
    public List<double> Coordinates { get; } = [];

    /// <summary>Where each line or ring ends, counted in positions from the first; empty for points.</summary>
    public List<int> LineEnds { get; } = [];

    /// <summary>Where each polygon of a MultiPolygon ends, counted in rings from the first; empty for other types.</summary>
    public List<int> PolygonEnds { get; } = [];

    /// <summary>How many geometries a GeometryCollection has.</summary>
    public int ChildCount { get; private set; }

    /// <summary>One of the geometries of a GeometryCollection.</summary>
    public FlatGeometry Child(int index) => _children[index];

    /// <summary>Reads a geometry object, or null, on which the reader stands.</summary>
    /// <param name="json">Stands on the first token of the geometry, and afterwards on its last.</param>
    /// <param name="system">Where its positions are wanted. What the system does not reach is read as no geometry at all.</param>
    public void Read(ref Utf8JsonReader json, ReferenceSystem system)
    {
        (Kind, ChildCount) = (GeometryKind.None, 0);
        Coordinates.Clear();
        LineEnds.Clear();
        PolygonEnds.Clear();
        if (json.TokenType != JsonTokenType.StartObject)
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("type"u8))
                ReadKind(ref json);
            else if (json.ValueTextEquals("geometries"u8))
                ReadChildren(ref json, system);
            else
                ReadCoordinates(ref json);
        }

        Project(system);
    }

    private void ReadKind(ref Utf8JsonReader json)
    {
        json.Read();
        Kind = Enum.Parse<GeometryKind>(json.GetString()!);
    }

    private void ReadChildren(ref Utf8JsonReader json, ReferenceSystem system)
    {
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (ChildCount == _children.Count)
                _children.Add(new FlatGeometry());
            _children[ChildCount++].Read(ref json, system);
        }
    }

    /// <summary>
    /// Positions are the innermost arrays. An array that ends is a line, a polygon or the whole by what it holds: positions, lines or
    /// polygons.
    /// </summary>
    private void ReadCoordinates(ref Utf8JsonReader json)
    {
        json.Read();
        var depth = 0;
        var innermost = 0;
        do
        {
            switch (json.TokenType)
            {
                case JsonTokenType.StartArray:
                    depth++;
                    break;
                case JsonTokenType.Number:
                    innermost = depth;
                    Coordinates.Add(json.GetDouble());
                    json.Read();
                    Coordinates.Add(json.GetDouble());
                    while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    {
                    }

                    depth--;
                    break;
                case JsonTokenType.EndArray:
                    depth--;
                    if (depth == innermost - 2 && Kind != GeometryKind.MultiPoint)
                        LineEnds.Add(Coordinates.Count / 2);
                    else if (depth == innermost - 3 && Kind == GeometryKind.MultiPolygon)
                        PolygonEnds.Add(LineEnds.Count);
                    break;
            }
        }
        while (depth > 0 && json.Read());
    }

    private void Project(ReferenceSystem system)
    {
        if (!system.IsProjected)
            return;
        for (var i = 0; i < Coordinates.Count; i += 2)
        {
            (Coordinates[i], Coordinates[i + 1]) = system.Project(Coordinates[i], Coordinates[i + 1]);
            // A million kilometres: beyond it the series of a projection no longer converges.
            if (Math.Abs(Coordinates[i]) < 1e9 && Math.Abs(Coordinates[i + 1]) < 1e9)
                continue;
            Kind = GeometryKind.None;
            return;
        }
    }
}
