using Registry.Core.Filters;
using Registry.Core.Ground;

namespace Registry.Actors.Ground.Filtering;

/// <summary>The rectangles that a filter implies: which sheets to ask, and where to look on them.</summary>
public static class FilterBox
{
    // Outlines of cells are filtered as they are written, with 7 decimals, and indexed as they are: half of the last decimal apart.
    private const double MarginDegrees = 1e-7;

    /// <summary>The rectangle that every feature touches that passes a filter; null where the filter bounds no place.</summary>
    public static BoundingBox? Of(FilterExpression? filter) => filter is not null && FilterExtent.Of(filter) is { } extent
        ? new BoundingBox(extent.MinX - MarginDegrees, extent.MinY - MarginDegrees, extent.MaxX + MarginDegrees, extent.MaxY + MarginDegrees)
        : null;

    /// <summary>The rectangle to ask sheets for in place of one that is asked, given a filter as well.</summary>
    /// <returns>
    /// The filter's own rectangle where it lies within the one asked. Where it does not, the one asked: a feature may touch both and not
    /// what they share, so it would be missed on sheets that only what they share touches.
    /// </returns>
    public static BoundingBox Narrowed(BoundingBox asked, FilterExpression? filter) =>
        Of(filter) is { } implied && asked.Contains(implied) ? implied : asked;
}
