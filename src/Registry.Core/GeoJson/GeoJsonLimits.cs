namespace Registry.Core.GeoJson;

/// <summary>How much GeoJSON is read before it is refused. All limits are counted while reading, before any geometry is built.</summary>
public sealed record GeoJsonLimits
{
    /// <summary>The limits of one request or one imported feature.</summary>
    public static GeoJsonLimits Default { get; } = new();

    /// <summary>Limits for what the registry itself wrote.</summary>
    internal static GeoJsonLimits None { get; } = new()
    {
        Bytes = int.MaxValue,
        Vertices = int.MaxValue,
        Rings = int.MaxValue,
        EdgePairs = int.MaxValue,
        Depth = int.MaxValue,
        Faults = 1,
    };

    /// <summary>
    /// Most bytes of one geometry object, by default 1,000,000: twice what <see cref="Vertices"/> take with six decimals.
    /// </summary>
    public int Bytes { get; init; } = 1_000_000;

    /// <summary>
    /// Most positions, by default 20,000: five times the outline of Kazakhstan at 1:10,000,000, and few enough that the check for
    /// crossings stays far below a second.
    /// </summary>
    public int Vertices { get; init; } = 20_000;

    /// <summary>Most rings and lines over all parts, by default 1,000: the ground of a title is 200 cells at most.</summary>
    public int Rings { get; init; } = 1_000;

    /// <summary>
    /// Most pairs of edges of an area whose boxes meet, by default 1,000,000, fifty for each of <see cref="Vertices"/>: ordinary
    /// outlines have one or two for each, and the check takes a fifth of a microsecond for a pair.
    /// </summary>
    public int EdgePairs { get; init; } = 1_000_000;

    /// <summary>
    /// Deepest nesting of arrays and objects, by default 8: a MultiPolygon takes 5, the rest is for foreign members. Collections of
    /// geometries are not read at any depth.
    /// </summary>
    public int Depth { get; init; } = 8;

    /// <summary>
    /// Most degrees of longitude from one position of a line to the next, by default 180: a longer edge was meant to go the other way,
    /// over the antimeridian. 360 for a geometry that is no ground but a question on the plane.
    /// </summary>
    public int EdgeDegrees { get; init; } = 180;

    /// <summary>What is made of parts that share an edge, by default a fault.</summary>
    public TouchingParts TouchingParts { get; init; }

    /// <summary>Most faults reported of one geometry, by default 20; reading stops there.</summary>
    public int Faults { get; init; } = 20;
}
