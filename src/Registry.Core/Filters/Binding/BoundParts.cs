namespace Registry.Core.Filters.Binding;

/// <summary>A condition that is ready to be evaluated: true, false, or null where a value that it needs is missing.</summary>
/// <param name="Test">The evaluation.</param>
/// <param name="Cost">About how long it takes, in comparisons of two numbers; cheap conditions are asked first.</param>
internal readonly record struct BoundCondition<TFeature>(Func<TFeature, bool?> Test, int Cost);

/// <summary>A value that is ready to be evaluated.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">The evaluation.</param>
/// <param name="Cost">As of <see cref="BoundCondition{TFeature}"/>.</param>
internal sealed record BoundValue<TFeature>(FilterType Type, Func<TFeature, FilterValue> Value, int Cost)
{
    /// <summary>The value itself where it is the same for every feature; null where it is not.</summary>
    public FilterValue? Constant { get; private init; }

    public static BoundValue<TFeature> Of(FilterType type, FilterValue constant) => new(type, _ => constant, 0) { Constant = constant };
}

/// <summary>What evaluations cost, in comparisons of two numbers, by rough measure.</summary>
internal static class Costs
{
    public const int Property = 1;
    public const int Calculation = 1;
    public const int Text = 5;
    public const int Array = 20;

    /// <summary>Prepared geometry against the feature's.</summary>
    public const int PreparedGeometry = 200;

    /// <summary>The whole matrix of relations (DE-9IM).</summary>
    public const int RelatedGeometry = 2_500;

    /// <summary>A position of a geometry that is put to a prepared one.</summary>
    public const int Position = 50;

    /// <summary>A position of two geometries whose whole matrix is worked out.</summary>
    public const int RelatedPosition = 1_200;
}
