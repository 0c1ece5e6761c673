using System.Buffers;
using System.Globalization;
using Registry.Core.GeoJson;
using Registry.Formats.Features;

namespace Registry.Formats.WellKnown;

/// <summary>Reads well-known text (OGC 06-103r4, section 7), with or without Z and M, into unchecked GeoJSON.</summary>
internal ref struct WellKnownTextReader
{
    private const int MostNumberCharacters = 64;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eEnNaAiIfF");

    private readonly ReadOnlySpan<char> _text;
    private readonly GeometryText _geometry;
    private int _at;

    private WellKnownTextReader(ReadOnlySpan<char> text, GeometryText geometry)
    {
        _text = text;
        _geometry = geometry;
    }

    /// <summary>Reads a geometry.</summary>
    /// <returns>GeoJSON in UTF-8; null for an empty geometry.</returns>
    /// <exception cref="SourceException">The text is none, or has more positions than are read.</exception>
    public static byte[]? Read(ReadOnlySpan<char> text, GeoJsonLimits limits)
    {
        if (text.Length > limits.Bytes)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The well-known text is longer than {limits.Bytes:#,0} characters."));
        return new WellKnownTextReader(text, new GeometryText(limits)).Read();
    }

    private byte[]? Read()
    {
        var word = Word();
        if (word.Equals("SRID", StringComparison.OrdinalIgnoreCase))
        {
            Take('=');
            if (Number() != Wgs84.Srid)
                throw new SourceException("Coordinates are degrees in WGS 84; another SRID is named here.");
            Take(';');
            word = Word();
        }

        var name = word.ToString().ToUpperInvariant();
        var type = WellKnownType.All.FirstOrDefault(type => type.Word == name);
        // PostGIS writes POINTZ in one word.
        type ??= WellKnownType.All.FirstOrDefault(type => name == type.Word + "Z" || name == type.Word + "M" || name == type.Word + "ZM");
        if (type is null)
            throw new SourceException($"The text is no well-known text of a point, line or polygon: it begins with \"{JsonTokens.Shortened(name)}\".");
        var dimension = Word();
        if (dimension.Equals("Z", StringComparison.OrdinalIgnoreCase) || dimension.Equals("M", StringComparison.OrdinalIgnoreCase)
            || dimension.Equals("ZM", StringComparison.OrdinalIgnoreCase))
            dimension = Word();
        if (dimension.Equals("EMPTY", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!dimension.IsEmpty)
            throw Misread();

        _geometry.Begin(type.GeoJson);
        if (type.Levels == 0)
            Parenthesised();
        else
            List(type.Levels);
        SkipBlanks();
        return _at == _text.Length ? _geometry.End() : throw Misread();
    }

    private void List(int level)
    {
        Take('(');
        _geometry.Open();
        do
        {
            if (level > 1)
                List(level - 1);
            else if (Peek() == '(')
                Parenthesised();
            else
                Position();
        }
        while (TryTake(','));
        Take(')');
        _geometry.Close();
    }

    // The position of a point, or of one of several.
    private void Parenthesised()
    {
        Take('(');
        Position();
        Take(')');
    }

    private void Position()
    {
        var (longitude, latitude) = (Number(), Number());
        while (Peek() is not (',' or ')'))
            Number();
        _geometry.Position(longitude, latitude);
    }

    private double Number()
    {
        SkipBlanks();
        var rest = _text[_at..];
        var end = rest.IndexOfAnyExcept(NumberCharacters);
        var number = end < 0 ? rest : rest[..end];
        if (number.Length is 0 or > MostNumberCharacters
            || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw Misread();
        _at += number.Length;
        return value;
    }

    private ReadOnlySpan<char> Word()
    {
        SkipBlanks();
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
            _at++;
        return _text[start.._at];
    }

    private void Take(char expected)
    {
        if (!TryTake(expected))
            throw Misread();
    }

    private bool TryTake(char expected)
    {
        if (Peek() != expected)
            return false;
        _at++;
        return true;
    }

    private char Peek()
    {
        SkipBlanks();
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private readonly SourceException Misread() =>
        new(string.Create(CultureInfo.InvariantCulture, $"The well-known text makes no sense from character {_at + 1} on."));
}
