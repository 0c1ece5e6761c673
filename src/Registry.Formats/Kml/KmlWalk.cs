using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Registry.Formats.Features;

namespace Registry.Formats.Kml;

/// <summary>Where the reading of a KML document stands.</summary>
internal sealed class KmlWalk(XmlReader reader, SourceLimits limits) : FeatureWalk(limits)
{
    private const int MostDepth = 64;

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private bool _isBegun;

    protected override ValueTask<SourceFeature?> Next(long index, CancellationToken cancellation)
    {
        while (Advance())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (!_isBegun && reader.LocalName != "kml")
                throw new SourceException($"The document is no KML: its root is \"{Core.GeoJson.JsonTokens.Shortened(reader.LocalName)}\".");
            _isBegun = true;
            if (reader.LocalName == "NetworkLink")
                throw new SourceException("The document links to another (NetworkLink), which is not fetched.");
            if (reader.LocalName == "Placemark")
                return new(Placemark(index));
        }

        return _isBegun ? default : throw new SourceException("The document is empty.");
    }

    protected override bool IsOfTheFile(Exception fault) => base.IsOfTheFile(fault) || fault is XmlException;

    private SourceFeature Placemark(long index)
    {
        _fields.Clear();
        var id = reader.GetAttribute("id");
        var geometry = new KmlGeometry(Limits.Geometry);
        var fault = default(string);
        var outside = reader.Depth;
        if (!reader.IsEmptyElement)
        {
            while (Advance() && reader.Depth > outside)
            {
                // One fault is told of each placemark; looking for more costs an exception each.
                if (reader.NodeType != XmlNodeType.Element || fault is not null)
                    continue;
                try
                {
                    Element(geometry, reader.Depth - outside);
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
            return new SourceFeature { Index = index, Id = id, Properties = Properties(), Geometry = geometry.End() };
        }
        catch (SourceException wrong)
        {
            return SourceFeature.Refused(index, id, "", wrong.Message);
        }
    }

    private void Element(KmlGeometry geometry, int depth)
    {
        switch (reader.LocalName)
        {
            case "name" or "description" when depth == 1:
                Field(reader.LocalName, Text());
                break;
            case "SimpleData" when reader.GetAttribute("name") is { } name:
                Field(name, Text());
                break;
            case "Data" when reader.GetAttribute("name") is { } name:
                if (!reader.IsEmptyElement)
                    Field(name, Value());
                break;
            case "Point" or "LineString" or "Polygon":
                geometry.BeginPart(reader.LocalName);
                break;
            case "outerBoundaryIs" or "innerBoundaryIs":
                geometry.BeginRing(isOuter: reader.LocalName == "outerBoundaryIs");
                break;
            case "coordinates":
                geometry.Coordinates(Text());
                break;
            case "Model" or "Track" or "MultiTrack":
                throw new SourceException($"A {reader.LocalName} is not read: only points, lines and polygons are.");
        }
    }

    // The text of the element <value> in an element <Data>.
    private string Value()
    {
        var outside = reader.Depth;
        var text = "";
        while (Advance() && reader.Depth > outside)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "value" })
                text = Text();
        }

        return text;
    }

    /// <summary>The text within the element, whose end the reader goes to.</summary>
    private string Text()
    {
        if (reader.IsEmptyElement)
            return "";
        // Comments and sections of character data cut a text into as many pieces as the sender likes.
        _text.Clear();
        var outside = reader.Depth;
        while (Advance() && reader.Depth > outside)
        {
            if (reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
                continue;
            if (_text.Length + reader.Value.Length > Limits.Geometry.Bytes)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"A text is longer than {Limits.Geometry.Bytes:#,0} characters."));
            _text.Append(reader.Value);
        }

        return _text.ToString();
    }

    private void Field(string name, string text)
    {
        Limits.CheckName(name);
        if (_fields.Count >= Limits.Columns && !_fields.ContainsKey(name))
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"A placemark has more than {Limits.Columns} fields."));
        _fields[name] = text.Trim();
    }

    private JsonElement Properties()
    {
        var properties = new PropertyText(Limits);
        foreach (var (name, text) in _fields)
            properties.Add(name, text);
        return properties.End();
    }

    private bool Advance()
    {
        var more = reader.Read();
        if (reader.Depth > MostDepth)
            throw new XmlException(string.Create(CultureInfo.InvariantCulture, $"Elements nest deeper than {MostDepth} levels."));
        return more;
    }
}
