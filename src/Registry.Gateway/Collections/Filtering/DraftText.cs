using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Filters.Binding;

namespace Registry.Gateway.Collections.Filtering;

/// <summary>
/// <c>cql-text</c>, what cql2-text was in the drafts of the standard: GDAL's driver sends it (ogroapifdriver.cpp, BuildFilterCQLText). Times are
/// texts there, and a date is compared with an instant as the midnight that it begins with, in no zone.
/// </summary>
internal static class DraftText
{
    /// <summary>Its name in <c>filter-lang</c>.</summary>
    public const string Name = "cql-text";

    /// <summary>The filter with its texts read as dates and timestamps where they are compared with such properties.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="queryables">The properties.</param>
    public static FilterExpression Typed(FilterExpression filter, Queryables queryables)
    {
        return Rewrite(filter);

        FilterExpression Rewrite(FilterExpression part) => part switch
        {
            AllOf all => all with { Conditions = new([.. all.Conditions.Select(Rewrite)]) },
            AnyOf any => any with { Conditions = new([.. any.Conditions.Select(Rewrite)]) },
            Not not => not with { Condition = Rewrite(not.Condition) },
            Comparison { Left: PropertyName name, Right: TextLiteral text } comparison => queryables.Find(name.Name)?.Type switch
            {
                QueryableType.Date => WithDate(comparison, text),
                QueryableType.Timestamp when TryRead(text.Value, out var instant) => comparison with { Right = new TimestampLiteral(instant) { Place = text.Place } },
                _ => comparison,
            },
            _ => part,
        };
    }

    private static Comparison WithDate(Comparison comparison, TextLiteral text)
    {
        if (!TryRead(text.Value, out var instant))
            return comparison;
        var date = DateOnly.FromDateTime(instant.UtcDateTime);
        // Midnights before a time of the day are those up to its date.
        var operation = instant.TimeOfDay == TimeSpan.Zero ? comparison.Operator : comparison.Operator switch
        {
            ComparisonOperator.Less => ComparisonOperator.LessOrEqual,
            ComparisonOperator.GreaterOrEqual => ComparisonOperator.Greater,
            var other => other,
        };
        return comparison with { Operator = operation, Right = new DateLiteral(date) { Place = text.Place } };
    }

    // GDAL leaves out the time, and not the T before it, where only a date was written.
    private static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (Rfc3339.TryRead(text, out instant))
            return true;
        var isDate = Rfc3339.TryReadDate(text.AsSpan().TrimEnd('T'), out var date);
        if (isDate)
            instant = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        return isDate;
    }
}
