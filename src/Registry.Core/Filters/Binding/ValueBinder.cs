namespace Registry.Core.Filters.Binding;

/// <summary>Binds values: literals, properties, calculations, texts without case.</summary>
internal sealed class ValueBinder<TFeature>(Queryables<TFeature> queryables, ConditionBinder<TFeature> conditions)
{
    /// <summary>The type in words.</summary>
    public static string NameOf(FilterType type) => type switch
    {
        FilterType.Text => "a text",
        FilterType.Number => "a number",
        FilterType.Boolean => "true or false",
        FilterType.Date => "a date",
        FilterType.Timestamp => "a timestamp",
        FilterType.Geometry => "a geometry",
        FilterType.Array => "an array",
        _ => "an interval",
    };

    /// <summary>Binds a value of one type.</summary>
    /// <exception cref="FilterFaultException">It is of another type, or has a fault of its own.</exception>
    public BoundValue<TFeature> Bind(FilterExpression expression, FilterType expected)
    {
        var value = Bind(expression);
        return value.Type == expected
            ? value
            : throw new FilterFaultException(expression.Place, $"{Capitalised(NameOf(expected))} was expected, not {NameOf(value.Type)}.");
    }

    /// <summary>Binds a value.</summary>
    /// <exception cref="FilterFaultException">A property is unknown, a type is wrong, or the expression is no value.</exception>
    public BoundValue<TFeature> Bind(FilterExpression expression) => expression switch
    {
        TextLiteral literal => BoundValue<TFeature>.Of(FilterType.Text, FilterValue.Of(literal.Value)),
        NumberLiteral literal => BoundValue<TFeature>.Of(FilterType.Number, FilterValue.Of(literal.Value)),
        BooleanLiteral literal => BoundValue<TFeature>.Of(FilterType.Boolean, FilterValue.Of(literal.Value)),
        DateLiteral literal => BoundValue<TFeature>.Of(FilterType.Date, FilterValue.Of(literal.Value)),
        TimestampLiteral literal => BoundValue<TFeature>.Of(FilterType.Timestamp, FilterValue.Of(literal.Value)),
        GeometryLiteral or BoxLiteral => BoundValue<TFeature>.Of(FilterType.Geometry, FilterValue.Of(SpatialLiteral.Read(expression))),
        ArrayLiteral literal => BindArray(literal),
        PropertyName property => BindProperty(property),
        Arithmetic arithmetic => BindArithmetic(arithmetic),
        CaseFolded folded => BindCaseFolded(folded),
        AccentFolded => throw new FilterFaultException(expression.Place, "ACCENTI is not evaluated here."),
        FunctionCall call => throw new FilterFaultException(expression.Place, $"There is no function '{GeoJson.JsonTokens.Shortened(call.Name)}'."),
        IntervalLiteral => throw new FilterFaultException(expression.Place, "An interval stands in temporal predicates only."),
        _ => BindCondition(expression),
    };

    /// <summary>The queryable that an expression names; null when it is no name.</summary>
    /// <exception cref="FilterFaultException">No queryable has the name.</exception>
    public QueryableProperty<TFeature> Find(PropertyName property) =>
        queryables.FindTyped(property.Name) ?? throw new FilterFaultException(
            property.Place,
            $"There is no queryable '{GeoJson.JsonTokens.Shortened(property.Name)}'; known are {string.Join(", ", queryables.All.Select(known => known.Name))}.");

    private BoundValue<TFeature> BindProperty(PropertyName property)
    {
        var found = Find(property);
        return new(found.FilterType, found.Value, found.FilterType == FilterType.Array ? Costs.Array : Costs.Property);
    }

    private BoundValue<TFeature> BindCondition(FilterExpression expression)
    {
        var (test, cost) = conditions.Bind(expression);
        return new(FilterType.Boolean, feature => FilterValue.Of(test(feature)), cost);
    }

    private BoundValue<TFeature> BindArray(ArrayLiteral literal)
    {
        var items = literal.Items.Select(Bind).ToArray();
        if (Array.TrueForAll(items, item => item.Constant is not null))
            return BoundValue<TFeature>.Of(FilterType.Array, FilterValue.Of(new FilterSet(items.Select(item => item.Constant!.Value))));
        return new(
            FilterType.Array, feature => FilterValue.Of(new FilterSet(items.Select(item => item.Value(feature)))), items.Sum(item => item.Cost) + Costs.Array);
    }

    private BoundValue<TFeature> BindCaseFolded(CaseFolded folded)
    {
        var text = Bind(folded.Text, FilterType.Text);
        if (text.Constant is { } constant)
            return BoundValue<TFeature>.Of(FilterType.Text, FilterValue.Of(CaseFolding.Fold(constant.AsText)));
        return new(
            FilterType.Text, feature => text.Value(feature) is { IsNone: false } value ? FilterValue.Of(CaseFolding.Fold(value.AsText)) : FilterValue.None,
            text.Cost + Costs.Text);
    }

    private BoundValue<TFeature> BindArithmetic(Arithmetic arithmetic)
    {
        var left = Bind(arithmetic.Left, FilterType.Number);
        var right = Bind(arithmetic.Right, FilterType.Number);
        Func<double, double, double> calculate = arithmetic.Operator switch
        {
            ArithmeticOperator.Add => static (a, b) => a + b,
            ArithmeticOperator.Subtract => static (a, b) => a - b,
            ArithmeticOperator.Multiply => static (a, b) => a * b,
            ArithmeticOperator.Divide => static (a, b) => a / b,
            ArithmeticOperator.Remainder => static (a, b) => a % b,
            ArithmeticOperator.Quotient => static (a, b) => Math.Truncate(a / b),
            _ => Math.Pow,
        };
        return new(
            FilterType.Number,
            feature =>
            {
                var (first, second) = (left.Value(feature), right.Value(feature));
                return first.IsNone || second.IsNone ? FilterValue.None : FilterValue.Of(calculate(first.AsNumber, second.AsNumber));
            },
            left.Cost + right.Cost + Costs.Calculation);
    }

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
