using System.Collections.Frozen;

namespace Registry.Core.Filters.Text;

/// <summary>The operands of cql2-text: literals, names, functions, and what stands in parentheses.</summary>
internal sealed class TextOperands(TextTokens tokens, TextParser parser)
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        ["AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "DIV"], StringComparer.OrdinalIgnoreCase);

    private readonly WellKnownText _geometry = new(tokens);

    /// <summary>An operand, with its sign.</summary>
    /// <exception cref="FilterFaultException">There is none.</exception>
    public FilterExpression Parse()
    {
        var sign = tokens.Current;
        if (tokens.TakeSymbol("+"))
            return tokens.Current.Kind == TokenKind.Number ? Number(1) : throw tokens.Unexpected("a number");
        if (!tokens.TakeSymbol("-"))
            return ParseUnsigned();
        if (tokens.Current.Kind == TokenKind.Number)
            return Number(-1);
        tokens.Budget.Enter(sign.Place);
        tokens.Budget.Operation(sign.Place);
        var operand = ParseUnsigned();
        tokens.Budget.Leave();
        return new Arithmetic(ArithmeticOperator.Multiply, new NumberLiteral(-1) { Place = sign.Place }, operand) { Place = sign.Place };
    }

    private FilterExpression ParseUnsigned()
    {
        var token = tokens.Current;
        tokens.Budget.Value(token.Place);
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Number(1);
            case TokenKind.Text:
                tokens.Take();
                return new TextLiteral(token.Value) { Place = token.Place };
            case TokenKind.QuotedName:
                tokens.Take();
                return new PropertyName(token.Value) { Place = token.Place };
            case TokenKind.Name when !Reserved.Contains(token.Value):
                tokens.Take();
                return ParseName(token);
            case TokenKind.Symbol when token.Value == "(":
                return ParseParentheses();
            default:
                throw tokens.Unexpected("a value, a property or a condition");
        }
    }

    private NumberLiteral Number(int sign)
    {
        var token = tokens.Take();
        return new NumberLiteral(sign * token.Number) { Place = token.Place };
    }

    private FilterExpression ParseName(TextToken name)
    {
        if (name.Is("TRUE") || name.Is("FALSE"))
            return new BooleanLiteral(name.Is("TRUE")) { Place = name.Place };
        if (tokens.Current.IsSymbol("(") || (tokens.Current.Is("Z") && WellKnownText.Begins(name)))
            return ParseCall(name);
        return new PropertyName(name.Value) { Place = name.Place };
    }

    private FilterExpression ParseCall(TextToken name)
    {
        if (WellKnownText.Begins(name))
            return _geometry.Read(name);
        if (FilterVocabulary.Spatial.TryGetValue(name.Value, out var spatial))
            return ParsePair(name, parser.ParseExpression, (left, right) => new SpatialPredicate(spatial, left, right) { Place = name.Place });
        if (FilterVocabulary.Temporal.TryGetValue(name.Value, out var temporal))
            return ParsePair(name, parser.ParseExpression, (left, right) => new TemporalPredicate(temporal, left, right) { Place = name.Place });
        if (FilterVocabulary.Arrays.TryGetValue(name.Value, out var relation))
            return ParsePair(name, ParseArrayOperand, (left, right) => new ArrayPredicate(relation, left, right) { Place = name.Place });
        return name.Value.ToUpperInvariant() switch
        {
            "BBOX" => _geometry.ReadBox(name),
            "DATE" => ParseSingle(() => Instants.Date(ParseText(), name.Place)),
            "TIMESTAMP" => ParseSingle(() => Instants.Timestamp(ParseText(), name.Place)),
            "INTERVAL" => ParseInterval(name),
            "CASEI" => ParseSingle(() => new CaseFolded(parser.ParseExpression()) { Place = name.Place }),
            "ACCENTI" => ParseSingle(() => new AccentFolded(parser.ParseExpression()) { Place = name.Place }),
            _ => ParseFunction(name),
        };
    }

    private FilterExpression ParsePair(TextToken name, Func<FilterExpression> operand, Func<FilterExpression, FilterExpression, FilterExpression> pair)
    {
        tokens.Budget.Operation(name.Place);
        tokens.Expect("(");
        var left = operand();
        tokens.Expect(",");
        var right = operand();
        tokens.Expect(")");
        return pair(left, right);
    }

    private FilterExpression ParseSingle(Func<FilterExpression> argument)
    {
        tokens.Expect("(");
        var parsed = argument();
        tokens.Expect(")");
        return parsed;
    }

    private string ParseText() => tokens.Current.Kind == TokenKind.Text ? tokens.Take().Value : throw tokens.Unexpected("a text in quotes");

    private IntervalLiteral ParseInterval(TextToken name)
    {
        tokens.Expect("(");
        var start = ParseBound();
        tokens.Expect(",");
        var end = ParseBound();
        tokens.Expect(")");
        return new IntervalLiteral(start, end) { Place = name.Place };
    }

    private FilterExpression? ParseBound()
    {
        var token = tokens.Current;
        return token.Kind == TokenKind.Text ? Instants.Bound(tokens.Take().Value, token.Place) : parser.ParseExpression();
    }

    private FunctionCall ParseFunction(TextToken name)
    {
        tokens.Budget.Operation(name.Place);
        tokens.Expect("(");
        var arguments = new List<FilterExpression>();
        while (!tokens.TakeSymbol(")"))
        {
            if (arguments.Count > 0)
                tokens.Expect(",");
            arguments.Add(ParseArrayOperand());
        }

        return new FunctionCall(name.Value, [.. arguments]) { Place = name.Place };
    }

    /// <summary>An operand where parentheses mean an array, unless an operator of arithmetic follows them.</summary>
    private FilterExpression ParseArrayOperand()
    {
        if (!tokens.Current.IsSymbol("("))
            return parser.ParseExpression();
        var place = tokens.Current.Place;
        tokens.Budget.Enter(place);
        var items = ParseItems(ParseArrayOperand);
        tokens.Budget.Leave();
        return items is [var only] && tokens.Current.Kind == TokenKind.Symbol && FilterVocabulary.Calculations.ContainsKey(tokens.Current.Value)
            ? parser.ContinueSum(only)
            : new ArrayLiteral([.. items]) { Place = place };
    }

    private FilterExpression ParseParentheses()
    {
        var place = tokens.Current.Place;
        var items = ParseItems(parser.ParseExpression);
        return items is [var only] ? only : new ArrayLiteral([.. items]) { Place = place };
    }

    private List<FilterExpression> ParseItems(Func<FilterExpression> item)
    {
        tokens.Expect("(");
        var items = new List<FilterExpression>();
        while (!tokens.TakeSymbol(")"))
        {
            if (items.Count > 0)
                tokens.Expect(",");
            items.Add(item());
        }

        return items;
    }
}
