using Registry.Actors.Journal;
using Registry.Core.Filters;

namespace Registry.Actors.Ground.Filtering;

/// <summary>A filter made ready for one query to one sheet: its geometries are prepared here, in the sheet's turn, and shared with nobody.</summary>
internal sealed class SheetFilter
{
    private readonly Func<SheetObject, bool> _passes;
    private readonly BoundingBox? _box;

    /// <exception cref="ArgumentException">The filter is none for the collection; whoever asks has checked it.</exception>
    public SheetFilter(Collection collection, FilterExpression filter)
    {
        _passes = ObjectQueryables.Typed(collection).Bind(filter);
        _box = FilterBox.Of(filter);
    }

    /// <summary>Whether an object passes.</summary>
    public bool Passes(SheetObject found) => _passes(found);

    /// <summary>The smaller of a rectangle and the filter's own: every object that touches the one and passes the other meets both.</summary>
    public BoundingBox Smaller(BoundingBox asked) => _box is { } own && Area(own) < Area(asked) ? own : asked;

    private static double Area(BoundingBox box) => (box.East - box.West) * (box.North - box.South);
}
