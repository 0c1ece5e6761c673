using NetTopologySuite.Geometries;

namespace Registry.Core.Filters;

/// <summary>A text as written.</summary>
/// <param name="Value">The text, its escapes resolved.</param>
public sealed record TextLiteral(string Value) : FilterExpression;

/// <summary>A number.</summary>
/// <param name="Value">Finite.</param>
public sealed record NumberLiteral(double Value) : FilterExpression;

/// <summary>True or false.</summary>
/// <param name="Value">Which.</param>
public sealed record BooleanLiteral(bool Value) : FilterExpression;

/// <summary>A calendar day.</summary>
/// <param name="Value">The day.</param>
public sealed record DateLiteral(DateOnly Value) : FilterExpression;

/// <summary>An instant.</summary>
/// <param name="Value">The instant, in UTC.</param>
public sealed record TimestampLiteral(DateTimeOffset Value) : FilterExpression;

/// <summary>A time from one instant to another, both of which are in.</summary>
/// <param name="Start">A date, a timestamp or a property; null where the interval has no beginning.</param>
/// <param name="End">The same; null where it has no end.</param>
public sealed record IntervalLiteral(FilterExpression? Start, FilterExpression? End) : FilterExpression;

/// <summary>A geometry as written: its rings are closed and long enough, and nothing else about it was checked.</summary>
/// <param name="Value">The geometry, in the axis order of the request's <c>filter-crs</c>; altitudes are left out.</param>
public sealed record GeometryLiteral(Geometry Value) : FilterExpression
{
    /// <summary>The geometry as it was found valid, once it was: every sheet of a process binds the same literal.</summary>
    internal Remembered<Geometry> Sound { get; set; }
}

/// <summary>A rectangle as written.</summary>
/// <param name="West">The first axis's lower edge; greater than <paramref name="East"/> where the rectangle crosses the antimeridian.</param>
/// <param name="South">The second axis's lower edge.</param>
/// <param name="East">The first axis's upper edge.</param>
/// <param name="North">The second axis's upper edge.</param>
public sealed record BoxLiteral(double West, double South, double East, double North) : FilterExpression;

/// <summary>An array as written.</summary>
/// <param name="Items">Literals, properties and arrays; perhaps none.</param>
public sealed record ArrayLiteral(FilterParts Items) : FilterExpression;
