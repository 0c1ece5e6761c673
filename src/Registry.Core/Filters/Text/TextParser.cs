namespace Registry.Core.Filters.Text;

/// <summary>
/// Parses cql2-text by recursive descent, one method a level of precedence: OR, AND, NOT, comparisons, sums, products, powers.
/// </summary>
/// <remarks>
/// The standard's grammar (OGC 21-065r2, annex B) tells conditions from values by rules that a parser with one token ahead cannot
/// choose between; here both are expressions, and which stands where is checked when the filter is bound. Depth is bounded, and with it
/// the stack.
/// </remarks>
internal sealed class TextParser
{
    private readonly TextTokens _tokens;
    private readonly FilterBudget _budget;
    private readonly TextOperands _operands;

    public TextParser(string text, FilterBudget budget)
    {
        _budget = budget;
        _tokens = new TextTokens(text, budget);
        _operands = new TextOperands(_tokens, this);
    }

    /// <summary>The whole text.</summary>
    /// <exception cref="FilterFaultException">It is no filter.</exception>
    public FilterExpression Parse()
    {
        var filter = ParseExpression();
        return _tokens.Current.Kind == TokenKind.End ? filter : throw _tokens.Unexpected("an operator or the end");
    }

    /// <summary>A condition or a value.</summary>
    public FilterExpression ParseExpression()
    {
        var place = _tokens.Current.Place;
        _budget.Enter(place);
        var expression = Joined("OR", ParseAnd, parts => new AnyOf(parts) { Place = place });
        _budget.Leave();
        return expression;
    }

    /// <summary>Goes on behind an operand that was read already, with the operators of sums and products.</summary>
    public FilterExpression ContinueSum(FilterExpression operand) => ParseSumFrom(ParseTermFrom(ParsePowerFrom(operand)));

    private FilterExpression ParseAnd()
    {
        var place = _tokens.Current.Place;
        return Joined("AND", ParseNot, parts => new AllOf(parts) { Place = place });
    }

    private FilterExpression Joined(string keyword, Func<FilterExpression> part, Func<FilterParts, FilterExpression> join)
    {
        var first = part();
        if (!_tokens.Current.Is(keyword))
            return first;
        var parts = new List<FilterExpression> { first };
        while (_tokens.TakeKeyword(keyword))
            parts.Add(part());
        return join([.. parts]);
    }

    private FilterExpression ParseNot()
    {
        var token = _tokens.Current;
        if (!_tokens.TakeKeyword("NOT"))
            return ParseCondition();
        _budget.Enter(token.Place);
        var condition = ParseNot();
        _budget.Leave();
        return new Not(condition) { Place = token.Place };
    }

    private FilterExpression ParseCondition()
    {
        var value = ParseSum();
        var token = _tokens.Current;
        if (token.Kind == TokenKind.Symbol && FilterVocabulary.Comparisons.TryGetValue(token.Value, out var comparison))
        {
            _budget.Operation(_tokens.Take().Place);
            return new Comparison(comparison, value, ParseSum()) { Place = token.Place };
        }

        if (_tokens.TakeKeyword("IS"))
        {
            _budget.Operation(token.Place);
            var negated = _tokens.TakeKeyword("NOT");
            _tokens.ExpectKeyword("NULL");
            return Negated(negated, new IsNull(value) { Place = token.Place });
        }

        if (token.Is("NOT") || token.Is("LIKE") || token.Is("ILIKE") || token.Is("BETWEEN") || token.Is("IN"))
        {
            _budget.Operation(token.Place);
            return Negated(_tokens.TakeKeyword("NOT"), ParseAdvanced(value, token.Place));
        }

        return value;
    }

    private FilterExpression ParseAdvanced(FilterExpression value, FilterPlace place)
    {
        if (_tokens.TakeKeyword("LIKE"))
            return new Like(value, ParseSum()) { Place = place };
        // Not the standard's, but its drafts': GDAL sends it.
        if (_tokens.TakeKeyword("ILIKE"))
            return new Like(new CaseFolded(value) { Place = value.Place }, new CaseFolded(ParseSum()) { Place = place }) { Place = place };
        if (_tokens.TakeKeyword("IN"))
            return new In(value, [.. _tokens.List(ParseExpression)]) { Place = place };
        if (!_tokens.TakeKeyword("BETWEEN"))
            throw _tokens.Unexpected("LIKE, BETWEEN or IN");
        var least = ParseSum();
        _tokens.ExpectKeyword("AND");
        return new Between(value, least, ParseSum()) { Place = place };
    }

    private static FilterExpression Negated(bool negated, FilterExpression condition) =>
        negated ? new Not(condition) { Place = condition.Place } : condition;

    private FilterExpression ParseSum() => ParseSumFrom(ParseTerm());

    private FilterExpression ParseSumFrom(FilterExpression first) => Chain(first, ParseTerm, token => token.Kind == TokenKind.Symbol && token.Value is "+" or "-");

    private FilterExpression ParseTerm() => ParseTermFrom(ParsePower());

    private FilterExpression ParseTermFrom(FilterExpression first) =>
        Chain(first, ParsePower, token => (token.Kind == TokenKind.Symbol && token.Value is "*" or "/" or "%") || token.Is("div"));

    // Each operator of a chain nests the calculation before it one level deeper.
    private FilterExpression Chain(FilterExpression first, Func<FilterExpression> next, Func<TextToken, bool> joins)
    {
        var value = first;
        var levels = 0;
        for (; joins(_tokens.Current); levels++)
        {
            var token = _tokens.Take();
            _budget.Enter(token.Place);
            _budget.Operation(token.Place);
            value = new Arithmetic(FilterVocabulary.Calculations[token.Value], value, next()) { Place = token.Place };
        }

        _budget.Leave(levels);
        return value;
    }

    private FilterExpression ParsePower() => ParsePowerFrom(_operands.Parse());

    private FilterExpression ParsePowerFrom(FilterExpression power)
    {
        var token = _tokens.Current;
        if (!_tokens.TakeSymbol("^"))
            return power;
        _budget.Operation(token.Place);
        return new Arithmetic(ArithmeticOperator.Power, power, _operands.Parse()) { Place = token.Place };
    }
}
