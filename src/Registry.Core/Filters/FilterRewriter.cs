namespace Registry.Core.Filters;

/// <summary>Makes a filter of another by replacing its geometries, such as those of another reference system.</summary>
public static class FilterRewriter
{
    /// <summary>The filter with each <see cref="GeometryLiteral"/> and <see cref="BoxLiteral"/> replaced.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="replace">Gives what stands in the place of a geometry or box.</param>
    public static FilterExpression Geometries(FilterExpression filter, Func<FilterExpression, FilterExpression> replace)
    {
        return Rewrite(filter);

        FilterExpression Rewrite(FilterExpression part) => part switch
        {
            GeometryLiteral or BoxLiteral => replace(part) with { Place = part.Place },
            AllOf all => all with { Conditions = RewriteAll(all.Conditions) },
            AnyOf any => any with { Conditions = RewriteAll(any.Conditions) },
            ArrayLiteral array => array with { Items = RewriteAll(array.Items) },
            FunctionCall call => call with { Arguments = RewriteAll(call.Arguments) },
            In member => member with { Value = Rewrite(member.Value), List = RewriteAll(member.List) },
            Not not => not with { Condition = Rewrite(not.Condition) },
            IsNull isNull => isNull with { Value = Rewrite(isNull.Value) },
            Comparison comparison => comparison with { Left = Rewrite(comparison.Left), Right = Rewrite(comparison.Right) },
            SpatialPredicate spatial => spatial with { Left = Rewrite(spatial.Left), Right = Rewrite(spatial.Right) },
            ArrayPredicate array => array with { Left = Rewrite(array.Left), Right = Rewrite(array.Right) },
            // No geometry stands within what is left: texts, numbers, times and calculations.
            _ => part,
        };

        FilterParts RewriteAll(FilterParts parts) => new([.. parts.Select(Rewrite)]);
    }
}
