using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace Registry.Core.Filters.Binding;

/// <summary>Binds spatial predicates. A literal is prepared once, so that asking thousands of features costs little.</summary>
internal sealed class SpatialBinder<TFeature>(ValueBinder<TFeature> values)
{
    // The relations below that cannot be prepared cost time linear in the literal for each feature whose rectangle it meets.
    private const int MostUnpreparedVertices = 2_000;

    /// <exception cref="FilterFaultException">An operand is no geometry, or none that the relation takes.</exception>
    public BoundCondition<TFeature> Bind(SpatialPredicate predicate)
    {
        var left = values.Bind(predicate.Left, FilterType.Geometry);
        var right = values.Bind(predicate.Right, FilterType.Geometry);
        CheckLiteral(predicate.Relation, left, predicate.Left);
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
        if (IsPrepared(relation))
        {
            var prepared = PreparedGeometryFactory.Prepare(literal);
            return Of(value, relation switch
            {
                SpatialRelation.Intersects => prepared.Intersects,
                SpatialRelation.Disjoint => prepared.Disjoint,
                _ => prepared.Contains,
            }, Costs.PreparedGeometry);
        }

        var relate = Relate(relation);
        var envelope = literal.EnvelopeInternal;
        // All of these need a common point.
        return Of(value, geometry => envelope.Intersects(geometry.EnvelopeInternal) && relate(geometry, literal), Costs.RelatedGeometry);
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

    private static bool IsPrepared(SpatialRelation relation) =>
        relation is SpatialRelation.Intersects or SpatialRelation.Disjoint or SpatialRelation.Within;

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
        if (bound.Constant is not { } constant || relation is SpatialRelation.Intersects or SpatialRelation.Disjoint)
            return;
        var literal = constant.AsGeometry;
        if (literal.GetType() == typeof(GeometryCollection))
        {
            throw new FilterFaultException(
                expression.Place, "A collection of geometries of several dimensions is compared by S_INTERSECTS and S_DISJOINT only.");
        }

        if (!IsPrepared(relation) && literal.NumPoints > MostUnpreparedVertices)
        {
            throw new FilterFaultException(expression.Place, string.Create(
                CultureInfo.InvariantCulture,
                $"A geometry of more than {MostUnpreparedVertices:#,0} positions is compared by S_INTERSECTS, S_DISJOINT and S_WITHIN only."));
        }
    }
}
