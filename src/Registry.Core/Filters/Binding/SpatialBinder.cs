using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace Registry.Core.Filters.Binding;

/// <summary>Binds spatial predicates. A literal is prepared once, so that asking thousands of features costs little.</summary>
/// <param name="values">Binds operands.</param>
/// <param name="budget">Spent by each geometry that is related, by its positions.</param>
internal sealed class SpatialBinder<TFeature>(ValueBinder<TFeature> values, WorkBudget budget)
{
    /// <exception cref="FilterFaultException">An operand is no geometry, or none that the relation takes.</exception>
    public BoundCondition<TFeature> Bind(SpatialPredicate predicate)
    {
        var left = values.Bind(predicate.Left, FilterType.Geometry);
        var right = values.Bind(predicate.Right, FilterType.Geometry);
        if (left.Constant is { } first && right.Constant is { } second)
        {
            var (one, other) = (first.AsGeometry, second.AsGeometry);
            if (Tangle.IsIn(one.Factory.CreateGeometryCollection([one, other])))
                throw new FilterFaultException(predicate.Place, Tangle.Fault);
            var holds = new PreparedPointSet(other, budget).Relate(one).Holds(predicate.Relation);
            return new(_ => holds, 0);
        }

        if (right.Constant is { } literal)
            return BindLiteral(predicate.Relation, left, literal.AsGeometry);
        if (left.Constant is { } turned)
            return BindLiteral(Turned(predicate.Relation), right, turned.AsGeometry);
        return Of(left, right, Relate(predicate.Relation));
    }

    private BoundCondition<TFeature> BindLiteral(SpatialRelation relation, BoundValue<TFeature> value, Geometry literal)
    {
        if ((literal is IPolygonal or ILineal && relation is SpatialRelation.Intersects or SpatialRelation.Disjoint)
            || (literal is IPolygonal && relation is SpatialRelation.Within))
        {
            var prepared = PreparedGeometryFactory.Prepare(literal);
            var intersects = AreaIntersection.Of(literal, prepared) is { } area ? area.Intersects : (Func<Geometry, bool>)prepared.Intersects;
            return Of(value, literal.EnvelopeInternal, relation switch
            {
                SpatialRelation.Intersects => intersects,
                SpatialRelation.Disjoint => geometry => !intersects(geometry),
                _ => prepared.Contains,
            }, Costs.PreparedGeometry);
        }

        // Made when a feature is first put to it: a filter is bound on every sheet, and to be checked.
        PreparedPointSet? set = null;
        return Of(value, literal.EnvelopeInternal, geometry => (set ??= new PreparedPointSet(literal, budget)).Relate(geometry).Holds(relation), Costs.RelatedGeometry);
    }

    private BoundCondition<TFeature> Of(BoundValue<TFeature> value, Envelope literal, Func<Geometry, bool> test, int cost) => new(
        feature =>
        {
            if (budget.IsSpent || value.Value(feature) is not { IsNone: false } found)
                return null;
            var geometry = found.AsGeometry;
            // Apart, their rectangles alone decide.
            budget.Spend(literal.Intersects(geometry.EnvelopeInternal) ? cost + (Costs.Position * (long)geometry.NumPoints) : Costs.Text);
            return test(geometry);
        },
        value.Cost + cost);

    private BoundCondition<TFeature> Of(BoundValue<TFeature> left, BoundValue<TFeature> right, Func<Geometry, Geometry, bool> relate) => new(
        feature =>
        {
            if (budget.IsSpent)
                return null;
            var (first, second) = (left.Value(feature), right.Value(feature));
            if (first.IsNone || second.IsNone)
                return null;
            budget.Spend(Costs.RelatedGeometry + (Costs.RelatedPosition * (long)(first.AsGeometry.NumPoints + second.AsGeometry.NumPoints)));
            return relate(first.AsGeometry, second.AsGeometry);
        },
        left.Cost + right.Cost + Costs.RelatedGeometry);

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
}
