namespace Registry.Core.Filters.Text;

/// <summary>The tokens of cql2-text with one to look ahead at, and the steps that every rule of the grammar takes.</summary>
internal sealed class TextTokens
{
    private readonly TextScanner _scanner;

    /// <exception cref="FilterFaultException">The text begins with what is no token.</exception>
    public TextTokens(string text, FilterBudget budget)
    {
        _scanner = new TextScanner(text);
        Budget = budget;
        Current = _scanner.Next();
    }

    public FilterBudget Budget { get; }

    /// <summary>The token that is read next.</summary>
    public TextToken Current { get; private set; }

    /// <summary>The token that is read next, and past it.</summary>
    public TextToken Take()
    {
        var taken = Current;
        Current = _scanner.Next();
        return taken;
    }

    /// <summary>Past a keyword, if it is next.</summary>
    public bool TakeKeyword(string keyword)
    {
        if (!Current.Is(keyword))
            return false;
        Take();
        return true;
    }

    /// <summary>Past a symbol, if it is next.</summary>
    public bool TakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol))
            return false;
        Take();
        return true;
    }

    /// <summary>Past a keyword.</summary>
    /// <exception cref="FilterFaultException">Something else is next.</exception>
    public void ExpectKeyword(string keyword)
    {
        if (!TakeKeyword(keyword))
            throw Unexpected(keyword);
    }

    /// <summary>Past a symbol.</summary>
    /// <exception cref="FilterFaultException">Something else is next.</exception>
    public void Expect(string symbol)
    {
        if (!TakeSymbol(symbol))
            throw Unexpected($"'{symbol}'");
    }

    /// <summary>A list in parentheses, of one item or more.</summary>
    public List<TItem> List<TItem>(Func<TItem> item)
    {
        Expect("(");
        var items = new List<TItem>();
        do
            items.Add(item());
        while (TakeSymbol(","));
        Expect(")");
        return items;
    }

    /// <summary>A number with a sign or without.</summary>
    /// <exception cref="FilterFaultException">Something else is next.</exception>
    public double SignedNumber()
    {
        var negative = Current.IsSymbol("-");
        if (negative || Current.IsSymbol("+"))
            Take();
        if (Current.Kind != TokenKind.Number)
            throw Unexpected("a number");
        var number = Take().Number;
        return negative ? -number : number;
    }

    /// <summary>The fault that something else was expected.</summary>
    public FilterFaultException Unexpected(string expected) =>
        new(Current.Place, $"{char.ToUpperInvariant(expected[0])}{expected[1..]} was expected, not {Current}.");
}
