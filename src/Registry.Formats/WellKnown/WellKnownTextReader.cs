using System.Buffers;
using System.Globalization;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.WellKnown;

/// <summary>Reads well-known text (OGC 06-103r4, section 7), with or without Z and M, into unchecked GeoJSON.</summary>
/// <remarks>What is wrong is a value and no exception: a table can have a hundred thousand faults.</remarks>
internal ref struct WellKnownTextReader
{
    private const int MostNumberCharacters = 64;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eEnNaAiIfF");

    private readonly ReadOnlySpan<char> _text;
    private readonly GeometryText _geometry;
    private int _at;
    private string? _fault;

    private WellKnownTextReader(ReadOnlySpan<char> text, GeometryText geometry)
    {
        _text = text;
        _geometry = geometry;
    }

    /// <summary>Reads a geometry.</summary>
    /// <param name="text">The text; PostGIS's <c>SRID=4326;</c> may stand before it.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="said">What its positions are given in, as the sender says; null when nobody does: WGS 84, or what an SRID names.</param>
    /// <param name="geometry">GeoJSON in UTF-8; null for an empty geometry, or a fault.</param>
    /// <returns>Why it is none; null when it is one.</returns>
    /// <exception cref="SourceException">It has more positions than are read, or names another system than the sender does.</exception>
    public static string? Read(ReadOnlySpan<char> text, GeoJsonLimits limits, SourceSystem? said, out byte[]? geometry)
    {
        geometry = null;
        if (text.Length > limits.Bytes)
            return string.Create(CultureInfo.InvariantCulture, $"The well-known text is longer than {limits.Bytes:#,0} characters.");
        var named = default(SourceSystem);
        if (text.TrimStart().StartsWith("SRID", StringComparison.OrdinalIgnoreCase))
        {
            var end = text.IndexOf(';');
            var code = end < 0 ? text : text[..end];
            var srid = code[(code.IndexOf('=') + 1)..].Trim();
            named = int.TryParse(srid, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? SourceSystemNames.OfEpsg(number) : null;
            if (end < 0 || named is null)
                return $"The text names a reference system that is not read, \"{JsonTokens.Shortened(code.ToString())}\". {SourceSystem.Remedy}";
            text = text[(end + 1)..];
        }

        var system = SourceSystem.Of(named, said) ?? SourceSystem.Wgs84;
        return new WellKnownTextReader(text, new GeometryText(limits, system)).Read(out geometry);
    }

    private string? Read(out byte[]? geometry)
    {
        geometry = null;
        var name = Word().ToString().ToUpperInvariant();
        var type = WellKnownType.All.FirstOrDefault(type => type.Word == name);
        // PostGIS writes POINTZ in one word.
        type ??= WellKnownType.All.FirstOrDefault(type => name == type.Word + "Z" || name == type.Word + "M" || name == type.Word + "ZM");
        if (type is null)
            return $"The text is no well-known text of a point, line or polygon: it begins with \"{JsonTokens.Shortened(name)}\".";
        var dimension = Word();
        if (dimension.Equals("Z", StringComparison.OrdinalIgnoreCase) || dimension.Equals("M", StringComparison.OrdinalIgnoreCase)
            || dimension.Equals("ZM", StringComparison.OrdinalIgnoreCase))
            dimension = Word();
        if (dimension.Equals("EMPTY", StringComparison.OrdinalIgnoreCase))
            return Peek() == '\0' && _at == _text.Length ? null : Misread();
        if (!dimension.IsEmpty)
            return Misread();

        _geometry.Begin(type.GeoJson);
        var isRead = type.Levels == 0 ? Parenthesised() : List(type.Levels);
        SkipBlanks();
        return !isRead || _at < _text.Length ? _fault ?? Misread() : _geometry.TryEnd(out geometry);
    }

    private bool List(int level)
    {
        if (!Take('('))
            return false;
        _geometry.Open();
        do
        {
            if (!(level > 1 ? List(level - 1) : Peek() == '(' ? Parenthesised() : Position()))
                return false;
        }
        while (TryTake(','));
        if (!Take(')'))
            return false;
        _geometry.Close();
        return true;
    }

    // The position of a point, or of one of several.
    private bool Parenthesised() => Take('(') && Position() && Take(')');

    private bool Position()
    {
        if (!Number(out var x) || !Number(out var y))
            return false;
        while (Peek() is not (',' or ')'))
        {
            if (!Number(out _))
                return false;
        }

        _geometry.Position(x, y);
        return true;
    }

    private bool Number(out double value)
    {
        SkipBlanks();
        var rest = _text[_at..];
        var end = rest.IndexOfAnyExcept(NumberCharacters);
        var number = end < 0 ? rest : rest[..end];
        value = 0;
        if (number.Length is 0 or > MostNumberCharacters || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            Misread();
            return false;
        }

        _at += number.Length;
        return true;
    }

    private ReadOnlySpan<char> Word()
    {
        SkipBlanks();
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
            _at++;
        return _text[start.._at];
    }

    private bool Take(char expected)
    {
        if (TryTake(expected))
            return true;
        Misread();
        return false;
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

    private string Misread() =>
        _fault ??= string.Create(CultureInfo.InvariantCulture, $"The well-known text makes no sense from character {_at + 1} on.");
}
