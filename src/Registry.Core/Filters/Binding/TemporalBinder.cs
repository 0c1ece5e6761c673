namespace Registry.Core.Filters.Binding;

/// <summary>
/// Binds temporal predicates (OGC 21-065r2, tables of 7.6). Intervals are closed. Where both operands are dates, days are compared;
/// where one is a timestamp, a date is the whole of its day in UTC.
/// </summary>
internal sealed class TemporalBinder<TFeature>(ValueBinder<TFeature> values)
{
    /// <exception cref="FilterFaultException">An operand is no time, or none that the relation takes.</exception>
    public BoundCondition<TFeature> Bind(TemporalPredicate predicate)
    {
        var left = BindTime(predicate.Left);
        var right = BindTime(predicate.Right);
        if (predicate.Relation > TemporalRelation.Intersects)
        {
            RequireInterval(predicate, left, predicate.Left);
            RequireInterval(predicate, right, predicate.Right);
        }

        var inDays = left.IsDate && right.IsDate;
        var (first, second) = (left.Evaluate(inDays), right.Evaluate(inDays));
        var holds = Relate(predicate.Relation);
        return new(
            feature => first(feature) is { } a && second(feature) is { } b ? holds(a, b) : null,
            left.Cost + right.Cost + 2);
    }

    private static void RequireInterval(TemporalPredicate predicate, BoundTime time, FilterExpression expression)
    {
        if (!time.IsInterval)
        {
            throw new FilterFaultException(
                expression.Place, $"{FilterVocabulary.NameOf(FilterVocabulary.Temporal, predicate.Relation).ToUpperInvariant()} compares intervals; write INTERVAL(...).");
        }
    }

    private BoundTime BindTime(FilterExpression expression)
    {
        if (expression is not IntervalLiteral interval)
        {
            var instant = BindInstant(expression);
            return new BoundTime(instant, instant, IsInterval: false);
        }

        var start = interval.Start is { } from ? BindInstant(from) : null;
        var end = interval.End is { } to ? BindInstant(to) : null;
        var time = new BoundTime(start, end, IsInterval: true);
        if (start?.Constant is not null && end?.Constant is not null && time.Evaluate(time.IsDate)(default!) is { } span && span.Start > span.End)
            throw new FilterFaultException(expression.Place, "The interval ends before it begins.");
        return time;
    }

    private BoundValue<TFeature> BindInstant(FilterExpression expression)
    {
        var instant = values.Bind(expression);
        return instant.Type is FilterType.Date or FilterType.Timestamp
            ? instant
            : throw new FilterFaultException(expression.Place, $"A date, a timestamp or an interval was expected, not {ValueBinder<TFeature>.NameOf(instant.Type)}.");
    }

    private static Func<Span, Span, bool> Relate(TemporalRelation relation) => relation switch
    {
        TemporalRelation.After => static (a, b) => a.Start > b.End,
        TemporalRelation.Before => static (a, b) => a.End < b.Start,
        TemporalRelation.Disjoint => static (a, b) => a.Start > b.End || a.End < b.Start,
        TemporalRelation.Equals => static (a, b) => a == b,
        TemporalRelation.Intersects => static (a, b) => a.Start <= b.End && a.End >= b.Start,
        TemporalRelation.Contains => static (a, b) => a.Start < b.Start && a.End > b.End,
        TemporalRelation.During => static (a, b) => a.Start > b.Start && a.End < b.End,
        TemporalRelation.FinishedBy => static (a, b) => a.Start < b.Start && a.End == b.End,
        TemporalRelation.Finishes => static (a, b) => a.Start > b.Start && a.End == b.End,
        TemporalRelation.Meets => static (a, b) => a.End == b.Start,
        TemporalRelation.MetBy => static (a, b) => a.Start == b.End,
        TemporalRelation.OverlappedBy => static (a, b) => a.Start > b.Start && a.Start < b.End && a.End > b.End,
        TemporalRelation.Overlaps => static (a, b) => a.Start < b.Start && a.End > b.Start && a.End < b.End,
        TemporalRelation.StartedBy => static (a, b) => a.Start == b.Start && a.End > b.End,
        _ => static (a, b) => a.Start == b.Start && a.End < b.End,
    };

    /// <summary>An instant or interval in days or in ticks, both ends in.</summary>
    private readonly record struct Span(long Start, long End);

    /// <summary>An instant, twice, or an interval's bounds; null where there is none.</summary>
    private sealed record BoundTime(BoundValue<TFeature>? Start, BoundValue<TFeature>? End, bool IsInterval)
    {
        /// <summary>Whether no bound is finer than a day.</summary>
        public bool IsDate => Start?.Type != FilterType.Timestamp && End?.Type != FilterType.Timestamp;

        public int Cost => (Start?.Cost ?? 0) + (End?.Cost ?? 0);

        /// <summary>The span of a feature, in days or in ticks; null where a bound has no value.</summary>
        public Func<TFeature, Span?> Evaluate(bool inDays)
        {
            var start = Bound(Start, inDays, long.MinValue, isEnd: false);
            var end = Bound(End, inDays, long.MaxValue, isEnd: true);
            return feature => start(feature) is { } from && end(feature) is { } to ? new Span(from, to) : null;
        }

        private static Func<TFeature, long?> Bound(BoundValue<TFeature>? bound, bool inDays, long open, bool isEnd)
        {
            if (bound is null)
                return _ => open;
            var scale = bound.Type == FilterType.Date && !inDays ? TimeSpan.TicksPerDay : 1;
            var last = isEnd ? scale - 1 : 0;
            return feature => bound.Value(feature) is { IsNone: false } instant ? (instant.AsWhole * scale) + last : null;
        }
    }
}
