using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Ground;

namespace Registry.Actors.Ground.Filtering;

/// <summary>A filter made ready for one query to one sheet: its geometries are prepared here, in the sheet's turn, and shared with nobody.</summary>
internal sealed class SheetFilter
{
    private readonly WorkBudget _budget;
    private readonly long _forEach;
    private readonly Func<SheetObject, bool> _passes;
    private readonly BoundingBox? _box;

    /// <param name="collection">The collection.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="budget">What it may cost on the sheet. Once it is spent, whether an object passes is not known any more.</param>
    /// <exception cref="ArgumentException">The filter is none for the collection; whoever asks has checked it.</exception>
    public SheetFilter(Collection collection, FilterExpression filter, WorkBudget budget)
    {
        var weight = FilterWeight.Of(filter);
        (_budget, _forEach) = (budget, weight.ForEach);
        if (!budget.Spend(weight.Once))
        {
            _passes = _ => false;
            return;
        }

        _passes = ObjectQueryables.Typed(collection).Bind(filter, budget);
        _box = FilterBox.Of(filter);
    }

    /// <summary>Whether an object passes.</summary>
    public bool Passes(SheetObject found) => _budget.Spend(_forEach) && _passes(found);

    /// <summary>The smaller of a rectangle and the filter's own: every object that touches the one and passes the other meets both.</summary>
    public BoundingBox Smaller(BoundingBox asked) => _box is { } own && Area(own) < Area(asked) ? own : asked;

    private static double Area(BoundingBox box) => (box.East - box.West) * (box.North - box.South);
}
