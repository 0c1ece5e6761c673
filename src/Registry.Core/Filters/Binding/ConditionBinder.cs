namespace Registry.Core.Filters.Binding;

/// <summary>Binds conditions: finds each property, checks each type, and makes functions of them. Logic is three-valued, as in SQL.</summary>
internal sealed class ConditionBinder<TFeature>
{
    private readonly ValueBinder<TFeature> _values;
    private readonly ComparisonBinder<TFeature> _comparisons;
    private readonly SpatialBinder<TFeature> _spatial;
    private readonly TemporalBinder<TFeature> _temporal;

    public ConditionBinder(Queryables<TFeature> queryables, WorkBudget budget)
    {
        _values = new ValueBinder<TFeature>(queryables, this);
        _comparisons = new ComparisonBinder<TFeature>(_values);
        _spatial = new SpatialBinder<TFeature>(_values, budget);
        _temporal = new TemporalBinder<TFeature>(_values);
    }

    /// <summary>Whether an expression is a condition by its form.</summary>
    public static bool IsCondition(FilterExpression expression) => expression is
        AllOf or AnyOf or Not or Comparison or Like or Between or In or IsNull or SpatialPredicate or TemporalPredicate or ArrayPredicate;

    /// <summary>Binds a condition.</summary>
    /// <exception cref="FilterFaultException">A property is unknown, a type is wrong, or the expression is no condition.</exception>
    public BoundCondition<TFeature> Bind(FilterExpression expression) => expression switch
    {
        AllOf all => Join(all.Conditions, All),
        AnyOf any => Join(any.Conditions, Any),
        Not not => Negate(Bind(not.Condition)),
        IsNull isNull => BindNull(isNull),
        Comparison comparison => _comparisons.Bind(comparison),
        Between between => _comparisons.Bind(between),
        In member => _comparisons.Bind(member),
        Like like => _comparisons.Bind(like),
        SpatialPredicate spatial => _spatial.Bind(spatial),
        TemporalPredicate temporal => _temporal.Bind(temporal),
        ArrayPredicate array => BindArray(array),
        _ => BindValue(expression),
    };

    private BoundCondition<TFeature> Join(FilterParts parts, Func<Func<TFeature, bool?>[], Func<TFeature, bool?>> join)
    {
        var bound = parts.Select(Bind).OrderBy(condition => condition.Cost).ToArray();
        return new(join(Array.ConvertAll(bound, condition => condition.Test)), bound.Sum(condition => condition.Cost));
    }

    private static Func<TFeature, bool?> All(Func<TFeature, bool?>[] tests) => feature =>
    {
        bool? result = true;
        foreach (var test in tests)
        {
            switch (test(feature))
            {
                case false:
                    return false;
                case null:
                    result = null;
                    break;
            }
        }

        return result;
    };

    private static Func<TFeature, bool?> Any(Func<TFeature, bool?>[] tests) => feature =>
    {
        bool? result = false;
        foreach (var test in tests)
        {
            switch (test(feature))
            {
                case true:
                    return true;
                case null:
                    result = null;
                    break;
            }
        }

        return result;
    };

    private static BoundCondition<TFeature> Negate(BoundCondition<TFeature> condition)
    {
        var test = condition.Test;
        return condition with { Test = feature => !test(feature) };
    }

    private BoundCondition<TFeature> BindNull(IsNull isNull)
    {
        var value = _values.Bind(isNull.Value);
        return new(feature => value.Value(feature).IsNone, value.Cost);
    }

    private BoundCondition<TFeature> BindArray(ArrayPredicate array)
    {
        var left = _values.Bind(array.Left, FilterType.Array);
        var right = _values.Bind(array.Right, FilterType.Array);
        Func<FilterSet, FilterSet, bool> compare = array.Relation switch
        {
            ArrayRelation.Equals => static (a, b) => a.Equals(b),
            ArrayRelation.Contains => static (a, b) => b.IsSubsetOf(a),
            ArrayRelation.ContainedBy => static (a, b) => a.IsSubsetOf(b),
            _ => static (a, b) => a.Overlaps(b),
        };
        return new(
            feature =>
            {
                var (first, second) = (left.Value(feature), right.Value(feature));
                return first.IsNone || second.IsNone ? null : compare(first.AsSet, second.AsSet);
            },
            left.Cost + right.Cost + Costs.Array);
    }

    private BoundCondition<TFeature> BindValue(FilterExpression expression)
    {
        var value = _values.Bind(expression);
        if (value.Type != FilterType.Boolean)
            throw new FilterFaultException(expression.Place, $"A condition was expected, not {ValueBinder<TFeature>.NameOf(value.Type)}.");
        return new(feature => value.Value(feature) is { IsNone: false } known ? known.AsWhole == 1 : null, value.Cost);
    }
}
