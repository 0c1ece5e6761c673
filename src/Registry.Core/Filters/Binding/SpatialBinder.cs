using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace Registry.Core.Filters.Binding;

/// <summary>Binds spatial predicates. A literal is prepared once, so that asking thousands of features costs little.</summary>
internal sealed class SpatialBinder<TFeature>(ValueBinder<TFeature> values)
{
    // Where nothing is prepared, the time for a feature grows with the literal, and for a line with the square of how often it crosses
    // itself.
    private const int MostUnpreparedVertices = 1_000;
    private const int MostVerticesOfTangle = 100;

    /// <exception cref="FilterFaultException">An operand is no geometry, or none that the relation takes.</exception>
    public BoundCondition<TFeature> Bind(SpatialPredicate predicate)
    {
        var left = values.Bind(predicate.Left, FilterType.Geometry);
        var right = values.Bind(predicate.Right, FilterType.Geometry);
        CheckLiteral(Turned(predicate.Relation), left, predicate.Left);
        CheckLiteral(predicate.Relation, right, predicate.Right);
        if (left.Constant is { } first && right.Constant is { } second)
        {
            var holds = Relate(predicate.Relation)(first.AsGeometry, second.AsGeometry);
            return new(_ => holds, 0);
        }

        if (right.Constant is { } literal)
            return BindLiteral(predicate.Relation, left, literal.AsGeometry);
        if (left.Constant is { } turned)
            return BindLiteral(Turned(predicate.Relation), right, turned.AsGeometry);
        return Of(left, right, Relate(predicate.Relation));
    }

    private static BoundCondition<TFeature> BindLiteral(SpatialRelation relation, BoundValue<TFeature> value, Geometry literal)
    {
        var prepared = PreparedGeometryFactory.Prepare(literal);
        if (relation is SpatialRelation.Intersects or SpatialRelation.Disjoint or SpatialRelation.Within)
        {
            var intersects = AreaIntersection.Of(literal, prepared) is { } area ? area.Intersects : (Func<Geometry, bool>)prepared.Intersects;
            return Of(value, relation switch
            {
                SpatialRelation.Intersects => intersects,
                SpatialRelation.Disjoint => geometry => !intersects(geometry),
                _ => prepared.Contains,
            }, Costs.PreparedGeometry);
        }

        // All of these need a common point, and none is true of what lies wholly inside an area: the matrix is left for what meets its edge.
        var relate = Relate(relation);
        return Of(
            value,
            literal is IPolygonal
                ? geometry => prepared.Intersects(geometry) && !prepared.ContainsProperly(geometry) && relate(geometry, literal)
                : geometry => prepared.Intersects(geometry) && relate(geometry, literal),
            Costs.RelatedGeometry);
    }

    private static BoundCondition<TFeature> Of(BoundValue<TFeature> value, Func<Geometry, bool> test, int cost) => new(
        feature => value.Value(feature) is { IsNone: false } geometry ? test(geometry.AsGeometry) : null, value.Cost + cost);

    private static BoundCondition<TFeature> Of(BoundValue<TFeature> left, BoundValue<TFeature> right, Func<Geometry, Geometry, bool> relate) => new(
        feature =>
        {
            var (first, second) = (left.Value(feature), right.Value(feature));
            return first.IsNone || second.IsNone ? null : relate(first.AsGeometry, second.AsGeometry);
        },
        left.Cost + right.Cost + Costs.RelatedGeometry);

    private static bool IsPrepared(SpatialRelation relation, Geometry literal) => relation switch
    {
        SpatialRelation.Intersects or SpatialRelation.Disjoint => literal is IPolygonal or ILineal,
        SpatialRelation.Within => literal is IPolygonal,
        _ => false,
    };

    private static SpatialRelation Turned(SpatialRelation relation) => relation switch
    {
        SpatialRelation.Within => SpatialRelation.Contains,
        SpatialRelation.Contains => SpatialRelation.Within,
        _ => relation,
    };

    private static Func<Geometry, Geometry, bool> Relate(SpatialRelation relation) => relation switch
    {
        SpatialRelation.Intersects => static (a, b) => a.Intersects(b),
        SpatialRelation.Equals => static (a, b) => a.EqualsTopologically(b),
        SpatialRelation.Disjoint => static (a, b) => a.Disjoint(b),
        SpatialRelation.Touches => static (a, b) => a.Touches(b),
        SpatialRelation.Within => static (a, b) => a.Within(b),
        SpatialRelation.Overlaps => static (a, b) => a.Overlaps(b),
        SpatialRelation.Crosses => static (a, b) => a.Crosses(b),
        _ => static (a, b) => a.Contains(b),
    };

    private static void CheckLiteral(SpatialRelation relation, BoundValue<TFeature> bound, FilterExpression expression)
    {
        if (bound.Constant is not { } constant || IsPrepared(relation, constant.AsGeometry))
            return;
        var literal = constant.AsGeometry;
        if (literal.GetType() == typeof(GeometryCollection) && relation is not (SpatialRelation.Intersects or SpatialRelation.Disjoint))
        {
            throw new FilterFaultException(
                expression.Place, "A collection of geometries of several dimensions is compared by S_INTERSECTS and S_DISJOINT only.");
        }

        if (literal.NumPoints > MostUnpreparedVertices)
        {
            throw new FilterFaultException(expression.Place, string.Create(
                CultureInfo.InvariantCulture,
                $"Of more than {MostUnpreparedVertices:#,0} positions, areas are compared by S_INTERSECTS, S_DISJOINT and S_WITHIN only, lines by the first two, points not at all."));
        }

        if (literal is ILineal && literal.NumPoints > MostVerticesOfTangle && !literal.IsSimple)
            throw new FilterFaultException(expression.Place, "A long line that crosses itself is compared by S_INTERSECTS and S_DISJOINT only.");
    }
}
