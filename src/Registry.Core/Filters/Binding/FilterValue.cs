using NetTopologySuite.Geometries;

namespace Registry.Core.Filters.Binding;

/// <summary>The type of a value that a filter compares.</summary>
public enum FilterType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, whole or not.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>An instant.</summary>
    Timestamp,

    /// <summary>A geometry.</summary>
    Geometry,

    /// <summary>A set of values.</summary>
    Array,

    /// <summary>A time from one instant to another.</summary>
    Interval,
}

/// <summary>A value of a feature, or none.</summary>
public readonly struct FilterValue : IEquatable<FilterValue>
{
    // A text, geometry or set; for the other types any object, which tells a value from none.
    private readonly object? _object;
    private readonly double _number;
    private readonly long _whole;

    private FilterValue(object? value, double number = 0, long whole = 0) => (_object, _number, _whole) = (value, number, whole);

    /// <summary>No value.</summary>
    public static FilterValue None => default;

    /// <summary>Whether there is no value.</summary>
    public bool IsNone => _object is null;

    /// <summary>The text of a value of <see cref="FilterType.Text"/>.</summary>
    internal string AsText => (string)_object!;

    /// <summary>The number of a value of <see cref="FilterType.Number"/>.</summary>
    internal double AsNumber => _number;

    /// <summary>The day's number, the instant's ticks in UTC, or 1 for true and 0 for false.</summary>
    internal long AsWhole => _whole;

    /// <summary>The geometry of a value of <see cref="FilterType.Geometry"/>.</summary>
    internal Geometry AsGeometry => (Geometry)_object!;

    /// <summary>The set of a value of <see cref="FilterType.Array"/>.</summary>
    internal FilterSet AsSet => (FilterSet)_object!;

    /// <summary>A text, or none.</summary>
    public static FilterValue Of(string? text) => new(text);

    /// <summary>A number, or none; a number that is not finite is none.</summary>
    public static FilterValue Of(double? number) => number is { } value && double.IsFinite(value) ? new(FilterType.Number, value) : None;

    /// <summary>True, false or none.</summary>
    public static FilterValue Of(bool? value) => value is { } known ? new(FilterType.Boolean, whole: known ? 1 : 0) : None;

    /// <summary>A day, or none.</summary>
    public static FilterValue Of(DateOnly? date) => date is { } day ? new(FilterType.Date, whole: day.DayNumber) : None;

    /// <summary>An instant, or none.</summary>
    public static FilterValue Of(DateTimeOffset? instant) => instant is { } at ? new(FilterType.Timestamp, whole: at.UtcTicks) : None;

    /// <summary>A geometry in degrees, longitude first, or none.</summary>
    public static FilterValue Of(Geometry? geometry) => new(geometry);

    /// <summary>A set of texts.</summary>
    public static FilterValue Of(IEnumerable<string> texts) => new(new FilterSet(texts.Select(Of)));

    /// <summary>A set.</summary>
    internal static FilterValue Of(FilterSet set) => new(set);

    /// <summary>Orders two values of one scalar type: texts by their UTF-16 units, false before true.</summary>
    internal static int Compare(FilterType type, in FilterValue left, in FilterValue right) => type switch
    {
        FilterType.Text => string.CompareOrdinal(left.AsText, right.AsText),
        FilterType.Number => left._number.CompareTo(right._number),
        _ => left._whole.CompareTo(right._whole),
    };

    /// <inheritdoc/>
    public bool Equals(FilterValue other) => _number.Equals(other._number) && _whole == other._whole && Equals(_object, other._object);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FilterValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_object, _number, _whole);

    /// <summary>Whether they are the same value.</summary>
    public static bool operator ==(FilterValue left, FilterValue right) => left.Equals(right);

    /// <summary>Whether they are not the same value.</summary>
    public static bool operator !=(FilterValue left, FilterValue right) => !left.Equals(right);
}

/// <summary>A set of values; two are equal when they have the same elements.</summary>
internal sealed class FilterSet(IEnumerable<FilterValue> items) : IEquatable<FilterSet>
{
    private readonly HashSet<FilterValue> _items = [.. items];

    public bool IsSubsetOf(FilterSet other) => _items.Count <= other._items.Count && _items.All(other._items.Contains);

    public bool Overlaps(FilterSet other) =>
        _items.Count <= other._items.Count ? _items.Any(other._items.Contains) : other._items.Any(_items.Contains);

    public bool Equals(FilterSet? other) => other is not null && _items.Count == other._items.Count && IsSubsetOf(other);

    public override bool Equals(object? obj) => Equals(obj as FilterSet);

    // Order must not matter.
    public override int GetHashCode() => _items.Aggregate(_items.Count, (hash, item) => hash ^ item.GetHashCode());
}
