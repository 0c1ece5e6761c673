namespace Registry.Core.Filters.Binding;

/// <summary>Binds comparisons of scalars: with operators, BETWEEN, IN and LIKE. A comparison with a missing value is null.</summary>
internal sealed class ComparisonBinder<TFeature>(ValueBinder<TFeature> values)
{
    /// <exception cref="FilterFaultException">The two are not scalars of one type.</exception>
    public BoundCondition<TFeature> Bind(Comparison comparison)
    {
        var left = values.Bind(comparison.Left);
        var right = values.Bind(comparison.Right);
        RequireScalar(left.Type, comparison.Left);
        RequireSame(left.Type, right.Type, comparison.Right);
        var type = left.Type;
        Func<int, bool> holds = comparison.Operator switch
        {
            ComparisonOperator.Equal => static order => order == 0,
            ComparisonOperator.NotEqual => static order => order != 0,
            ComparisonOperator.Less => static order => order < 0,
            ComparisonOperator.Greater => static order => order > 0,
            ComparisonOperator.LessOrEqual => static order => order <= 0,
            _ => static order => order >= 0,
        };
        return new(
            feature =>
            {
                var (first, second) = (left.Value(feature), right.Value(feature));
                return first.IsNone || second.IsNone ? null : holds(FilterValue.Compare(type, first, second));
            },
            left.Cost + right.Cost + CostOf(type));
    }

    /// <exception cref="FilterFaultException">The three are not numbers; dates and timestamps are taken too.</exception>
    public BoundCondition<TFeature> Bind(Between between)
    {
        var value = values.Bind(between.Value);
        if (value.Type is not (FilterType.Number or FilterType.Date or FilterType.Timestamp))
            throw new FilterFaultException(between.Value.Place, $"BETWEEN compares numbers, dates and timestamps, not {ValueBinder<TFeature>.NameOf(value.Type)}.");
        var least = values.Bind(between.Least);
        var most = values.Bind(between.Most);
        RequireSame(value.Type, least.Type, between.Least);
        RequireSame(value.Type, most.Type, between.Most);
        return new(
            feature =>
            {
                var middle = value.Value(feature);
                return NotBelow(value.Type, middle, least.Value(feature)) & NotBelow(value.Type, most.Value(feature), middle);
            },
            value.Cost + least.Cost + most.Cost + 2);
    }

    /// <exception cref="FilterFaultException">The list has values of another type.</exception>
    public BoundCondition<TFeature> Bind(In member)
    {
        var value = values.Bind(member.Value);
        RequireScalar(value.Type, member.Value);
        var list = member.List.Select(item =>
        {
            var bound = values.Bind(item);
            RequireSame(value.Type, bound.Type, item);
            return bound;
        }).ToArray();
        var constants = list.Where(item => item.Constant is not null).Select(item => item.Constant!.Value).ToHashSet();
        var others = Array.FindAll(list, item => item.Constant is null);
        return new(
            feature =>
            {
                var found = value.Value(feature);
                if (found.IsNone)
                    return null;
                return constants.Contains(found) ? true : IsAmong(feature, found, others);
            },
            value.Cost + CostOf(value.Type) + others.Sum(item => item.Cost));
    }

    /// <exception cref="FilterFaultException">The value is no text, or the pattern no literal.</exception>
    public BoundCondition<TFeature> Bind(Like like)
    {
        var value = values.Bind(like.Value, FilterType.Text);
        if (values.Bind(like.Pattern, FilterType.Text).Constant is not { } written)
            throw new FilterFaultException(like.Pattern.Place, "The pattern of LIKE is a text in quotes.");
        var pattern = LikePattern.Parse(written.AsText);
        return new(
            feature => value.Value(feature) is { IsNone: false } text ? pattern.Matches(text.AsText) : null,
            value.Cost + (2 * Costs.Text));
    }

    private static bool? IsAmong(TFeature feature, FilterValue found, BoundValue<TFeature>[] others)
    {
        bool? result = false;
        foreach (var other in others)
        {
            var item = other.Value(feature);
            if (item.IsNone)
                result = null;
            else if (item == found)
                return true;
        }

        return result;
    }

    private static bool? NotBelow(FilterType type, in FilterValue upper, in FilterValue lower) =>
        upper.IsNone || lower.IsNone ? null : FilterValue.Compare(type, upper, lower) >= 0;

    private static int CostOf(FilterType type) => type == FilterType.Text ? Costs.Text : 1;

    private static void RequireScalar(FilterType type, FilterExpression expression)
    {
        if (type is FilterType.Geometry or FilterType.Array or FilterType.Interval)
        {
            throw new FilterFaultException(
                expression.Place, $"{(type == FilterType.Array ? "An array is compared by A_ functions" : "A geometry is compared by S_ functions")}, not by operators.");
        }
    }

    private static void RequireSame(FilterType left, FilterType right, FilterExpression expression)
    {
        if (left == right)
            return;
        var hint = (left, right) switch
        {
            (FilterType.Date, FilterType.Text) => " Write DATE('2026-01-31').",
            (FilterType.Timestamp, FilterType.Text) => " Write TIMESTAMP('2026-01-31T00:00:00Z').",
            (FilterType.Timestamp, FilterType.Date) or (FilterType.Date, FilterType.Timestamp) => " Temporal functions such as T_AFTER take both.",
            _ => "",
        };
        throw new FilterFaultException(
            expression.Place, $"{char.ToUpperInvariant(ValueBinder<TFeature>.NameOf(left)[0])}{ValueBinder<TFeature>.NameOf(left)[1..]} cannot be compared with {ValueBinder<TFeature>.NameOf(right)}.{hint}");
    }
}
