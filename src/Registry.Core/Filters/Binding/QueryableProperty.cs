namespace Registry.Core.Filters.Binding;

/// <summary>The type of a queryable as JSON Schema has it.</summary>
public enum QueryableType
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A string of format <c>date</c>.</summary>
    Date,

    /// <summary>A string of format <c>date-time</c>, in UTC.</summary>
    Timestamp,

    /// <summary>An array of strings, compared as a set.</summary>
    TextArray,

    /// <summary>The feature's geometry: a Polygon or MultiPolygon.</summary>
    Surface,

    /// <summary>The feature's geometry, of any type.</summary>
    AnyGeometry,
}

/// <summary>A property by which the features of a collection can be filtered (OGC API - Features - Part 3, 19-079r2, 6.2).</summary>
/// <param name="Name">Its name: the member of the Feature's <c>properties</c>, a nested one as <c>holder.id</c>; or <c>geometry</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="Description">What it is, in a sentence.</param>
public record QueryableProperty(string Name, QueryableType Type, string Description)
{
    /// <summary>The values that it may have; none listed where it may have any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether Features show it.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>Whether it has one value, and so is a parameter of a query by its own name.</summary>
    public bool IsSimple => Type < QueryableType.TextArray;

    /// <summary>The type that a filter compares.</summary>
    public FilterType FilterType => Type switch
    {
        QueryableType.Text => FilterType.Text,
        QueryableType.Number or QueryableType.Integer => FilterType.Number,
        QueryableType.Date => FilterType.Date,
        QueryableType.Timestamp => FilterType.Timestamp,
        QueryableType.TextArray => FilterType.Array,
        _ => FilterType.Geometry,
    };
}

/// <summary>A queryable with the way to its value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Description">What it is, in a sentence.</param>
/// <param name="Value">The value of a feature, of <see cref="QueryableProperty.FilterType"/>.</param>
/// <typeparam name="TFeature">The typed state of a feature.</typeparam>
public sealed record QueryableProperty<TFeature>(string Name, QueryableType Type, string Description, Func<TFeature, FilterValue> Value)
    : QueryableProperty(Name, Type, Description);
