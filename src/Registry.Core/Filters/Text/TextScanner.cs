using System.Globalization;
using System.Text;

namespace Registry.Core.Filters.Text;

/// <summary>Cuts cql2-text into tokens (OGC 21-065r2, annex B), one after another, in time linear in the text.</summary>
internal sealed class TextScanner(string text)
{
    private int _at;

    /// <summary>The next token; again and again the end, after the last.</summary>
    /// <exception cref="FilterFaultException">What follows is no token.</exception>
    public TextToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at == text.Length)
            return new TextToken(TokenKind.End, _at, "");
        var first = text[_at];
        if (first == '\'')
            return ReadText();
        if (first == '"')
            return ReadQuotedName();
        if (char.IsAsciiDigit(first) || (first == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
            return ReadNumber();
        return IsNameStart(first) ? ReadName() : ReadSymbol();
    }

    private TextToken ReadSymbol()
    {
        var start = _at;
        var length = text.AsSpan(start) switch
        {
            ['<', '>' or '=', ..] or ['>', '=', ..] => 2,
            ['(' or ')' or ',' or '=' or '<' or '>' or '+' or '-' or '*' or '/' or '%' or '^', ..] => 1,
            _ => throw new FilterFaultException(FilterPlace.At(start), $"The character '{text[start]}' has no meaning here."),
        };
        _at += length;
        return new TextToken(TokenKind.Symbol, start, text.Substring(start, length));
    }

    private TextToken ReadName()
    {
        var start = _at;
        while (_at < text.Length && IsNamePart(text[_at]))
            _at++;
        return new TextToken(TokenKind.Name, start, text[start.._at]);
    }

    private TextToken ReadQuotedName()
    {
        var start = _at++;
        while (_at < text.Length && IsNamePart(text[_at]))
            _at++;
        if (_at == text.Length || text[_at] != '"')
            throw new FilterFaultException(FilterPlace.At(_at), "A name in double quotes has letters, digits, '_', ':' and '.', and ends with a double quote.");
        _at++;
        return new TextToken(TokenKind.QuotedName, start, text[(start + 1)..(_at - 1)]);
    }

    private TextToken ReadNumber()
    {
        var start = _at;
        SkipDigits();
        if (_at < text.Length && text[_at] == '.')
        {
            _at++;
            SkipDigits();
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            var sign = _at + 1 < text.Length && text[_at + 1] is '+' or '-' ? 1 : 0;
            if (_at + 1 + sign < text.Length && char.IsAsciiDigit(text[_at + 1 + sign]))
            {
                _at += 1 + sign;
                SkipDigits();
            }
        }

        var digits = text[start.._at];
        var number = double.Parse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? new TextToken(TokenKind.Number, start, digits, number)
            : throw new FilterFaultException(FilterPlace.At(start), "The number is not finite in double precision.");
    }

    private void SkipDigits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
    }

    // /req/cql2-text/escaping: a quote is doubled or follows a backslash. A backslash before anything that the requirement does not
    // list stays with what follows it, so that a pattern of LIKE can be written 'a\%b'.
    private TextToken ReadText()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (true)
        {
            if (_at == text.Length)
                throw new FilterFaultException(FilterPlace.At(start), "The text has no quote at its end.");
            var next = text[_at++];
            if (next == '\'')
            {
                if (_at == text.Length || text[_at] != '\'')
                    return new TextToken(TokenKind.Text, start, value.ToString());
                _at++;
                value.Append('\'');
            }
            else if (next == '\\' && _at < text.Length)
            {
                AppendEscaped(value, text[_at++]);
            }
            else
            {
                value.Append(next);
            }
        }
    }

    private static void AppendEscaped(StringBuilder value, char escaped)
    {
        var character = escaped switch
        {
            '\'' => '\'',
            'a' => '\a',
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            _ => '\0',
        };
        if (character == '\0')
            value.Append('\\').Append(escaped);
        else
            value.Append(character);
    }

    // The standard's ranges of letters are those of XML names; letters of any script are in, and so are surrogates, which stand for the
    // letters beyond the first plane.
    private static bool IsNameStart(char character) =>
        character is ':' or '_' || char.IsLetter(character) || char.IsSurrogate(character);

    private static bool IsNamePart(char character) =>
        IsNameStart(character) || character is '.' or '\u203F' or '\u2040' || char.IsAsciiDigit(character)
        || character is >= '\u0300' and <= '\u036F';
}
