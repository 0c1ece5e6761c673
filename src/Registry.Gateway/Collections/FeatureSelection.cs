using Registry.Actors.Contracts;
using Registry.Actors.Ground.Filtering;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Ground;

namespace Registry.Gateway.Collections;

/// <summary>Which features of a collection are wanted: what every sheet is asked, whichever way the answer goes out.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Box">The rectangle that they must touch.</param>
/// <param name="Filter">What they must pass besides; null for nothing.</param>
public readonly record struct FeatureSelection(Collection Collection, BoundingBox Box, FilterExpression? Filter = null)
{
    /// <summary>The rectangle to ask for: the one that they must touch, or the smaller one that the filter implies.</summary>
    public BoundingBox Box { get; } = FilterBox.Narrowed(Box, Filter);

    /// <summary>The <see cref="SheetQuery.AsAt"/> of every sheet; null for now.</summary>
    public long? AsAt { get; init; }

    /// <summary>What a heavy filter may cost on all sheets together, put to one after another; null for one that may be put to all at once.</summary>
    public WorkBudget? Budget { get; init; } = FilterWeight.Of(Filter).IsCostly ? new WorkBudget(WorkBudget.OfRequest) : null;

    /// <summary>The question to one sheet.</summary>
    /// <param name="after">The place after which to go on; 0 to begin.</param>
    /// <param name="limit">The most features to give; 0 to count only.</param>
    public SheetQuery Ask(long after, int limit) => new(Collection, Box, after, limit)
    {
        Filter = Filter,
        AsAt = AsAt,
        Work = Budget?.Left ?? WorkBudget.OfRequest,
    };
}
