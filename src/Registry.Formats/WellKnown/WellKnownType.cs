namespace Registry.Formats.WellKnown;

/// <summary>A type of geometry that well-known text and binary name (OGC 06-103r4, sections 7 and 8).</summary>
/// <param name="Code">Its number in the binary form.</param>
/// <param name="Word">Its word in the text.</param>
/// <param name="GeoJson">Its name in GeoJSON.</param>
/// <param name="Levels">How many arrays enclose a position.</param>
internal sealed record WellKnownType(int Code, string Word, string GeoJson, int Levels)
{
    /// <summary>The types that are read; collections are not.</summary>
    public static IReadOnlyList<WellKnownType> All { get; } =
    [
        new(1, "POINT", "Point", 0),
        new(2, "LINESTRING", "LineString", 1),
        new(3, "POLYGON", "Polygon", 2),
        new(4, "MULTIPOINT", "MultiPoint", 1),
        new(5, "MULTILINESTRING", "MultiLineString", 2),
        new(6, "MULTIPOLYGON", "MultiPolygon", 3),
    ];
}
