namespace Registry.Core.Filters.Text;

/// <summary>The kinds of token of cql2-text.</summary>
internal enum TokenKind
{
    End,
    Name,
    QuotedName,
    Text,
    Number,
    Symbol,
}

/// <summary>One token.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Start">Its first character, counted from 0.</param>
/// <param name="Value">A name without quotes, a text with its escapes resolved, a symbol; for a number, the digits as written.</param>
/// <param name="Number">The number.</param>
internal readonly record struct TextToken(TokenKind Kind, int Start, string Value, double Number = 0)
{
    public FilterPlace Place => FilterPlace.At(Start);

    /// <summary>Whether it is a keyword, which may be in any case.</summary>
    public bool Is(string keyword) => Kind == TokenKind.Name && Value.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is a symbol.</summary>
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Value == symbol;

    /// <summary>The token in words, for "... was expected, not ...".</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => $"the text '{GeoJson.JsonTokens.Shortened(Value)}'",
        _ => GeoJson.JsonTokens.Shortened(Value),
    };
}
