namespace Registry.Core.Filters;

/// <summary>How much of a filter is read before it is refused. All limits are counted while reading.</summary>
public sealed record FilterLimits
{
    /// <summary>The limits of one request.</summary>
    public static FilterLimits Default { get; } = new();

    /// <summary>Most characters of cql2-text, by default 200,000. Cql2-json is bounded by the limit of a request's body.</summary>
    public int Characters { get; init; } = 200_000;

    /// <summary>
    /// Deepest nesting, by default 64: of parentheses, functions and NOT, and of a chain of one arithmetic operator after another.
    /// AND and OR of many conditions do not nest.
    /// </summary>
    public int Depth { get; init; } = 64;

    /// <summary>Most conditions and calculations, by default 1,000: each may be evaluated for every feature.</summary>
    public int Operations { get; init; } = 1_000;

    /// <summary>Most literals and names of properties, by default 10,000: the length of a long IN list.</summary>
    public int Values { get; init; } = 10_000;

    /// <summary>Most positions of all geometries together, by default 20,000, as many as the ground of one request may have.</summary>
    public int Vertices { get; init; } = 20_000;
}
