using NetTopologySuite.Geometries;

namespace Registry.Core.Filters;

/// <summary>The rectangle outside of which no feature passes a filter: what an index by place can answer of it.</summary>
public static class FilterExtent
{
    /// <summary>The rectangle that a filter implies.</summary>
    /// <param name="filter">The filter; names and types need not have been checked.</param>
    /// <returns>In degrees: a feature that passes shares a point with it. Null where the filter bounds no place.</returns>
    public static Envelope? Of(FilterExpression filter) => filter switch
    {
        // Not what the rectangles share: a large feature may meet each of two literals that are far apart.
        AllOf all => all.Conditions.Select(Of).Where(extent => extent is not null).MinBy(extent => extent!.Area),
        AnyOf any => any.Conditions.Select(Of).Aggregate(Joined),
        // Only S_DISJOINT is true of geometries that share no point.
        SpatialPredicate { Relation: not SpatialRelation.Disjoint, Left: PropertyName } spatial => OfLiteral(spatial.Right),
        SpatialPredicate { Relation: not SpatialRelation.Disjoint, Right: PropertyName } spatial => OfLiteral(spatial.Left),
        _ => null,
    };

    private static Envelope? Joined(Envelope? left, Envelope? right)
    {
        if (left is null || right is null)
            return null;
        var joined = left.Copy();
        joined.ExpandToInclude(right);
        return joined;
    }

    private static Envelope? OfLiteral(FilterExpression literal) => literal switch
    {
        BoxLiteral box when box.West <= box.East => new Envelope(box.West, box.East, box.South, box.North),
        BoxLiteral box => new Envelope(-180, 180, box.South, box.North),
        GeometryLiteral geometry => geometry.Value.EnvelopeInternal,
        _ => null,
    };
}
