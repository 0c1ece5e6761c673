namespace Registry.Core.Filters;

/// <summary>How heavy a filter is, whatever it is put to.</summary>
/// <param name="Conditions">Its conditions and calculations.</param>
/// <param name="Relations">Those of them that relate geometries.</param>
/// <param name="Positions">The positions of its geometries.</param>
public readonly record struct FilterWeight(int Conditions, int Relations, int Positions)
{
    // Indexing a position, and checking it for crossings, when a filter is made ready.
    private const long UnitsOfPosition = 200;

    // A condition over a text or a number.
    private const long UnitsOfCondition = 10;

    /// <summary>What making it ready costs, once for each sheet.</summary>
    public long Once => UnitsOfPosition * Positions;

    /// <summary>What putting it to a feature costs, but for its relations of geometries.</summary>
    public long ForEach => UnitsOfCondition * Conditions;

    /// <summary>Whether it is far heavier than the filters that people write: it waits for its turn, and is put to one sheet after another.</summary>
    public bool IsCostly => Relations > 4 || Conditions > 100 || Positions > 1_000;

    /// <summary>Weighs a filter.</summary>
    public static FilterWeight Of(FilterExpression? filter) => filter switch
    {
        null => default,
        AllOf all => Sum(all.Conditions),
        AnyOf any => Sum(any.Conditions),
        Not not => Of(not.Condition),
        Comparison comparison => One(comparison.Left, comparison.Right),
        Like like => One(like.Value, like.Pattern),
        Between between => One(between.Value, between.Least, between.Most),
        In member => One(member.Value) + Sum(member.List),
        IsNull isNull => One(isNull.Value),
        SpatialPredicate spatial => new FilterWeight(1, 1, 0) + Of(spatial.Left) + Of(spatial.Right),
        TemporalPredicate temporal => One(temporal.Left, temporal.Right),
        ArrayPredicate array => One(array.Left, array.Right),
        Arithmetic arithmetic => One(arithmetic.Left, arithmetic.Right),
        CaseFolded folded => One(folded.Text),
        AccentFolded folded => One(folded.Text),
        FunctionCall call => One() + Sum(call.Arguments),
        ArrayLiteral array => Sum(array.Items),
        GeometryLiteral { Value: var geometry } => new FilterWeight(0, 0, geometry.NumPoints),
        PropertyName => new FilterWeight(1, 0, 0),
        _ => default,
    };

    /// <summary>The weight of both.</summary>
    public static FilterWeight operator +(FilterWeight left, FilterWeight right) =>
        new(left.Conditions + right.Conditions, left.Relations + right.Relations, left.Positions + right.Positions);

    private static FilterWeight One(params ReadOnlySpan<FilterExpression> parts)
    {
        var sum = new FilterWeight(1, 0, 0);
        foreach (var part in parts)
            sum += Of(part);
        return sum;
    }

    private static FilterWeight Sum(FilterParts parts)
    {
        var sum = default(FilterWeight);
        foreach (var part in parts)
            sum += Of(part);
        return sum;
    }
}
