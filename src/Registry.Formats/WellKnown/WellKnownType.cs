using System.Globalization;

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

    // Those that are not read, from 7 on (OGC 06-103r4, table 7). FlatGeobuf numbers them alike.
    private static readonly string[] s_others =
    [
        "GeometryCollection", "CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface", "Curve", "Surface",
        "PolyhedralSurface", "TIN", "Triangle",
    ];

    /// <summary>The type of a number.</summary>
    /// <exception cref="SourceException">It is none that is read.</exception>
    public static WellKnownType OfCode(int code) => All.FirstOrDefault(type => type.Code == code) ?? throw NotRead(
        code - 7 is var at and >= 0 && at < s_others.Length ? $"A {s_others[at]}" : string.Create(CultureInfo.InvariantCulture, $"A geometry of the unknown type {code}"));

    /// <summary>The refusal of what is no point, line or polygon.</summary>
    /// <param name="subject">What it is: <c>A CircularString</c>.</param>
    public static SourceException NotRead(string subject) => new($"{subject} is not read: only points, lines and polygons are.");
}
