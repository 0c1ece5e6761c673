using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Registry.Core.Filters.Binding;

/// <summary>
/// A literal to which many features are related. Of a literal with many positions only what is near a feature is looked at: how the
/// feature lies to the literal is decided within the feature's rectangle, and that the literal goes on beyond it, its own rectangle says.
/// </summary>
/// <remarks>
/// Within the rectangle the segments are taken whole. Where one of them crosses an edge of the feature properly, the interiors meet and
/// each goes beyond the other, which is all that is asked: a pair of geometries that cross a million times costs no more than one that
/// crosses once. Not safe for concurrent use.
/// </remarks>
internal sealed class PreparedPointSet
{
    private readonly WorkBudget _budget;
    private readonly PointSet _set;
    private readonly Envelope _extent;
    private readonly IndexedSegments? _edges;
    private readonly IndexedPointInAreaLocator? _locator;
    private readonly IndexedSegments? _lines;
    private readonly STRtree<Coordinate>? _points;

    /// <param name="literal">A valid geometry; the polygons of a collection share no interior.</param>
    /// <param name="budget">Spent by what of the literal is near a feature; null for no bound.</param>
    public PreparedPointSet(Geometry literal, WorkBudget? budget = null)
    {
        _budget = budget ?? WorkBudget.Unbounded;
        _set = PointSet.Of(literal);
        _extent = literal.EnvelopeInternal;
        if (_set.Areas is { } areas)
            (_edges, _locator) = (new IndexedSegments(areas), new IndexedPointInAreaLocator(areas));
        if (_set.Lines is { } lines)
            _lines = new IndexedSegments(lines);
        if (_set.Points is { } points)
        {
            _points = new STRtree<Coordinate>();
            foreach (var point in points.Coordinates)
                _points.Insert(new Envelope(point), point);
        }
    }

    /// <summary>How a geometry lies to the literal.</summary>
    public SpatialMatrix Relate(Geometry geometry)
    {
        var matrix = new SpatialMatrix(geometry.Dimension, _set.Dimension, Dimension.False, FirstBeyond: true, SecondBeyond: false, Meets: false);
        if (!_extent.Intersects(geometry.EnvelopeInternal))
            return matrix with { SecondBeyond = true };
        // Both are rare among features, and have no quick way.
        if (geometry is not (Point or IPolygonal or ILineal) || (geometry is ILineal && _set is { Areas: not null, Lines: not null }))
        {
            Spend(geometry, _set.Parts.Sum(part => part.NumPoints));
            return PointSet.Of(geometry).Relate(_set);
        }

        if (_set.Areas is { } areas)
            matrix = Joined(matrix, geometry is Point ? Beside(geometry, geometry.Coordinate) : ToAreas(geometry, areas));
        if (_set.Lines is { } lines)
            matrix = Joined(matrix, ToLines(geometry, lines));
        return _set.Points is { } points ? Joined(matrix, ToPoints(geometry, points)) : matrix;
    }

    private SpatialMatrix ToAreas(Geometry geometry, Geometry areas)
    {
        var window = geometry.EnvelopeInternal;
        var near = _edges!.In(window);
        if (near.Length == 0)
            return Beside(geometry, geometry.Coordinate);
        if (_edges.CrossProperly(geometry))
            return new SpatialMatrix(geometry.Dimension, Dimension.Surface, geometry.Dimension, FirstBeyond: true, SecondBeyond: true, Meets: true);
        if (geometry is ILineal || window.Covers(areas.EnvelopeInternal))
        {
            Spend(geometry, areas.NumPoints);
            return SpatialMatrix.Of(geometry, areas);
        }

        Spend(geometry, near.Length);

        // The edge of the areas either passes through the interior of the geometry, which is then on both of its sides, or each
        // polygon of the geometry is wholly on one side.
        var toEdge = SpatialMatrix.Of(geometry, geometry.Factory.CreateMultiLineString(near));
        var matrix = new SpatialMatrix(geometry.Dimension, Dimension.Surface, Dimension.False, FirstBeyond: false, SecondBeyond: true, toEdge.Meets);
        if (toEdge.Interiors >= Dimension.Point)
            return matrix with { Interiors = Dimension.Surface, FirstBeyond = true };
        for (var i = 0; i < geometry.NumGeometries; i++)
        {
            var beside = Beside(geometry, geometry.GetGeometryN(i).InteriorPoint.Coordinate);
            matrix = Joined(matrix, beside) with { FirstBeyond = matrix.FirstBeyond || beside.FirstBeyond };
        }

        return matrix;
    }

    // A point; or a geometry, or a part of one, that no edge of the areas parts, by one of its points.
    private SpatialMatrix Beside(Geometry geometry, Coordinate point)
    {
        var location = _locator!.Locate(point);
        return new SpatialMatrix(
            geometry.Dimension, Dimension.Surface, location == Location.Interior ? geometry.Dimension : Dimension.False,
            FirstBeyond: location == Location.Exterior, SecondBeyond: true, Meets: location != Location.Exterior);
    }

    private SpatialMatrix ToLines(Geometry geometry, Geometry lines)
    {
        var window = geometry.EnvelopeInternal;
        if (window.Covers(lines.EnvelopeInternal) && !(geometry is IPolygonal && _lines!.CrossProperly(geometry)))
        {
            Spend(geometry, lines.NumPoints);
            return SpatialMatrix.Of(geometry, lines);
        }

        var near = _lines!.In(window);
        Spend(geometry, near.Length);
        var matrix = new SpatialMatrix(geometry.Dimension, Dimension.Curve, Dimension.False, FirstBeyond: true, SecondBeyond: true, Meets: false);
        if (near.Length == 0)
            return matrix;
        // Ends that come of leaving segments out lie outside the rectangle, and so outside the geometry.
        return geometry is IPolygonal && _lines.CrossProperly(geometry)
            ? matrix with { Interiors = Dimension.Curve, Meets = true }
            : SpatialMatrix.Of(geometry, geometry.Factory.CreateMultiLineString(near)) with { SecondBeyond = true };
    }

    private SpatialMatrix ToPoints(Geometry geometry, Geometry points)
    {
        var near = _points!.Query(geometry.EnvelopeInternal);
        if (near.Count == 0)
            return new SpatialMatrix(geometry.Dimension, Dimension.Point, Dimension.False, FirstBeyond: true, SecondBeyond: true, Meets: false);
        Spend(geometry, near.Count);
        var matrix = SpatialMatrix.Of(geometry, geometry.Factory.CreateMultiPointFromCoords([.. near]));
        return near.Count < points.NumPoints ? matrix with { SecondBeyond = true } : matrix;
    }

    private void Spend(Geometry geometry, int near) => _budget.Spend(Costs.RelatedPosition * (long)(geometry.NumPoints + near));

    // Of the whole of the literal: what lies beyond each of its parts lies beyond it. Only a point can be within one part and beyond
    // another; of what is larger, the part of its dimension or a larger one decides.
    private static SpatialMatrix Joined(SpatialMatrix one, SpatialMatrix other) => one with
    {
        Interiors = one.Interiors >= other.Interiors ? one.Interiors : other.Interiors,
        FirstBeyond = one.FirstBeyond && other.FirstBeyond,
        SecondBeyond = one.SecondBeyond || other.SecondBeyond,
        Meets = one.Meets || other.Meets,
    };
}
