using NetTopologySuite.Geometries;

namespace Registry.Core.Filters.Binding;

/// <summary>
/// What the nine intersections of two geometries (DE-9IM, OGC 06-103r4, 6.1.15) say, as far as the eight relations of CQL2 ask: exteriors
/// are open, so that a boundary lies beyond the other geometry only where an interior does.
/// </summary>
/// <param name="First">The dimension of the first geometry: of a mixture, that of its largest part.</param>
/// <param name="Second">The dimension of the second.</param>
/// <param name="Interiors">The dimension of what their interiors share; <see cref="Dimension.False"/> where that is nothing.</param>
/// <param name="FirstBeyond">Whether the first has a part outside the second.</param>
/// <param name="SecondBeyond">Whether the second has a part outside the first.</param>
/// <param name="Meets">Whether they share a point, of interiors or boundaries.</param>
internal readonly record struct SpatialMatrix(
    Dimension First, Dimension Second, Dimension Interiors, bool FirstBeyond, bool SecondBeyond, bool Meets)
{
    private bool ShareInteriors => Interiors >= Dimension.Point;

    /// <summary>Whether the relation holds from the first geometry to the second.</summary>
    public bool Holds(SpatialRelation relation) => relation switch
    {
        SpatialRelation.Intersects => Meets,
        SpatialRelation.Disjoint => !Meets,
        SpatialRelation.Equals => ShareInteriors && !FirstBeyond && !SecondBeyond,
        SpatialRelation.Touches => Meets && !ShareInteriors,
        SpatialRelation.Within => ShareInteriors && !FirstBeyond,
        SpatialRelation.Contains => ShareInteriors && !SecondBeyond,
        SpatialRelation.Overlaps => First == Second && ShareInteriors && FirstBeyond && SecondBeyond && (First != Dimension.Curve || Interiors == Dimension.Curve),
        SpatialRelation.Crosses => First < Second ? ShareInteriors && FirstBeyond
            : First > Second ? ShareInteriors && SecondBeyond
            : First == Dimension.Curve && Interiors == Dimension.Point,
        _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "Not a relation of CQL2."),
    };

    /// <summary>The same of what the geometry library says of two geometries, of which neither is a mixture.</summary>
    public static SpatialMatrix Of(Geometry first, Geometry second)
    {
        var matrix = first.Relate(second);
        return new SpatialMatrix(
            first.Dimension, second.Dimension, matrix[Location.Interior, Location.Interior],
            matrix[Location.Interior, Location.Exterior] >= Dimension.Point,
            matrix[Location.Exterior, Location.Interior] >= Dimension.Point,
            matrix.IsIntersects());
    }
}
