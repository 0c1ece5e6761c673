using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Registry.Formats.Features;

namespace Registry.Formats.Kml;

/// <summary>Where the reading of a KML document stands.</summary>
/// <param name="document">The document.</param>
/// <param name="limits">How much is read of it.</param>
/// <param name="isRead">Whether what a link leads to is read as well, by its <c>href</c>; null where nothing is.</param>
internal sealed class KmlWalk(KmlDocument document, SourceLimits limits, Func<string, bool>? isRead = null) : FeatureWalk(limits), IDisposable
{
    private const int MostDepth = 64;
    private const int MostCharactersOfLink = 2_000;

    // What a placemark says of itself.
    private static readonly string[] s_texts = ["name", "description", "address", "phoneNumber", "Snippet"];

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _schemas = new(StringComparer.Ordinal) { "Placemark" };
    private readonly HashSet<string> _schemaFields = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private XmlReader _reader = XmlReader.Create(TextReader.Null);
    private bool _isBegun;
    private bool _isTooDeep;
    private bool _isInExtendedData;

    public void Dispose() => _reader.Dispose();

    protected override ValueTask<SourceFeature?> Next(long index, CancellationToken cancellation)
    {
        if (!_isBegun)
            _reader = document.Read();
        while (Advance())
        {
            if (_reader.NodeType != XmlNodeType.Element)
                continue;
            if (!_isBegun && _reader.LocalName != "kml")
                throw new SourceException($"The document is no KML: its root is \"{Core.GeoJson.JsonTokens.Shortened(_reader.LocalName)}\".");
            _isBegun = true;
            if (_reader.LocalName == "NetworkLink")
            {
                if (isRead?.Invoke(Link()) != true)
                    throw new SourceException("The document links to another (NetworkLink), which is not fetched.");
                continue;
            }

            if (_schemas.Contains(_reader.LocalName))
                return new(Placemark(index));
            Outside(index, out var refused);
            if (refused is not null)
                return new(refused);
        }

        return _isBegun ? default : throw new SourceException("The document is empty.");
    }

    protected override bool IsOfTheFile(Exception fault) => base.IsOfTheFile(fault) || fault is XmlException;

    protected override string WordsOf(Exception fault) => fault is XmlException xml && !_isTooDeep ? document.WordsOf(xml) : fault.Message;

    // Where a link leads, in <Link> or, in old documents, in <Url>.
    private string Link()
    {
        var (outside, isAddress, address) = (_reader.Depth, false, "");
        while (!(_reader.IsEmptyElement && _reader.Depth == outside) && Advance() && _reader.Depth > outside)
        {
            if (_reader.NodeType == XmlNodeType.Element)
                isAddress = _reader.LocalName == "href";
            else if (isAddress && (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) && address.Length < MostCharactersOfLink)
                address += _reader.Value;
        }

        return address.Trim();
    }

    // What stands outside placemarks and must not be lost: features of other kinds, and the schemas of KML 2.0, whose names stand for Placemark.
    private void Outside(long index, out SourceFeature? refused)
    {
        refused = null;
        switch (_reader.LocalName)
        {
            case "Schema" when _reader.GetAttribute("parent") == "Placemark" && _reader.GetAttribute("name") is { } name:
                if (_schemas.Count + _schemaFields.Count > Limits.Columns)
                    throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The document has more than {Limits.Columns} schemas and fields of them."));
                _schemas.Add(name);
                break;
            case "SimpleField" when _reader.GetAttribute("name") is { } name:
                if (_schemaFields.Count < Limits.Columns)
                    _schemaFields.Add(name);
                break;
            case "GroundOverlay" or "PhotoOverlay" when _reader.LocalName is { } overlay:
                var outside = _reader.Depth;
                while (!_reader.IsEmptyElement && Advance() && _reader.Depth > outside)
                {
                }

                refused = SourceFeature.Refused(index, null, "", $"A {overlay} is a picture; only placemarks are read.");
                break;
            case "Point" or "LineString" or "LinearRing" or "Polygon" or "MultiGeometry" or "Model" or "Track" or "MultiTrack":
                throw new SourceException($"A {_reader.LocalName} stands outside a Placemark: what it is of is not known.");
        }
    }

    private SourceFeature Placemark(long index)
    {
        _fields.Clear();
        var id = _reader.GetAttribute("id");
        var geometry = new KmlGeometry(Limits.Geometry);
        var fault = default(string);
        var outside = _reader.Depth;
        if (!_reader.IsEmptyElement)
        {
            while (Advance() && _reader.Depth > outside)
            {
                // One fault is told of each placemark; looking for more costs an exception each.
                if (_reader.NodeType != XmlNodeType.Element || fault is not null)
                    continue;
                try
                {
                    Element(geometry, _reader.Depth - outside);
                }
                catch (SourceException wrong)
                {
                    fault = wrong.Message;
                }
            }
        }

        if (fault is not null)
            return SourceFeature.Refused(index, id, "/geometry", fault);
        try
        {
            var shape = geometry.End();
            return new SourceFeature { Index = index, Id = id, Properties = Properties(geometry.HasLabel), Geometry = shape };
        }
        catch (SourceException wrong)
        {
            return SourceFeature.Refused(index, id, "", wrong.Message);
        }
    }

    private void Element(KmlGeometry geometry, int depth)
    {
        if (depth == 1)
            _isInExtendedData = _reader.LocalName == "ExtendedData";
        switch (_reader.LocalName)
        {
            case var name when depth == 1 && (s_texts.Contains(name) || _schemaFields.Contains(name)):
                Field(name, Text());
                break;
            case var name when depth == 2 && _isInExtendedData && name is not ("Data" or "SchemaData"):
                // Elements of another namespace are data too (OGC 12-007r2, section 9.3).
                Field(name, Text());
                break;
            case "SimpleData" when _reader.GetAttribute("name") is { } name:
                Field(name, Text());
                break;
            case "Data" when _reader.GetAttribute("name") is { } name:
                if (!_reader.IsEmptyElement)
                    Field(name, Value());
                break;
            case "Data" or "SimpleData":
                throw new SourceException($"A {_reader.LocalName} has no name.");
            case "Point" or "LineString" or "Polygon":
                geometry.BeginPart(_reader.LocalName);
                break;
            case "LinearRing" when !geometry.IsRingOpen:
                geometry.BeginPart(_reader.LocalName);
                break;
            case "outerBoundaryIs" or "innerBoundaryIs":
                geometry.BeginRing(isOuter: _reader.LocalName == "outerBoundaryIs");
                break;
            case "coordinates":
                geometry.Coordinates(Text());
                break;
            case "Model" or "Track" or "MultiTrack":
                throw new SourceException($"A {_reader.LocalName} is not read: only points, lines and polygons are.");
        }
    }

    // The text of the element <value> in an element <Data>.
    private string Value()
    {
        var outside = _reader.Depth;
        var text = "";
        while (Advance() && _reader.Depth > outside)
        {
            if (_reader is { NodeType: XmlNodeType.Element, LocalName: "value" })
                text = Text();
        }

        return text;
    }

    /// <summary>The text within the element, whose end the reader goes to.</summary>
    private string Text()
    {
        if (_reader.IsEmptyElement)
            return "";
        // Comments and sections of character data cut a text into as many pieces as the sender likes.
        _text.Clear();
        var outside = _reader.Depth;
        while (Advance() && _reader.Depth > outside)
        {
            if (_reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
                continue;
            if (_text.Length + _reader.Value.Length > Limits.Geometry.Bytes)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"A text is longer than {Limits.Geometry.Bytes:#,0} characters."));
            _text.Append(_reader.Value);
        }

        return _text.ToString();
    }

    private void Field(string name, string text)
    {
        Limits.CheckName(name);
        if (_fields.Count >= Limits.Columns && !_fields.ContainsKey(name))
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"A placemark has more than {Limits.Columns} fields."));
        text = text.Trim();
        if (_fields.TryGetValue(name, out var known) && known != text)
            throw new SourceException($"The field \"{Core.GeoJson.JsonTokens.Shortened(name)}\" is there twice, and says two things.");
        _fields[name] = text;
    }

    private JsonElement Properties(bool hasLabel)
    {
        var properties = new PropertyText(Limits);
        foreach (var (name, text) in _fields)
            properties.Add(name, text);
        // So that it is told among what was not read.
        if (hasLabel && !_fields.ContainsKey("label"))
            properties.Add("label", "Point");
        return properties.End();
    }

    private bool Advance()
    {
        var more = _reader.Read();
        _isTooDeep = _reader.Depth > MostDepth;
        if (_isTooDeep)
            throw new XmlException(string.Create(CultureInfo.InvariantCulture, $"Elements nest deeper than {MostDepth} levels."));
        return more;
    }
}
