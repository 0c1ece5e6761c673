using System.Globalization;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.Kml;

/// <summary>Gathers the geometry of one placemark: a point, a line or a polygon, or several of one of them.</summary>
/// <param name="limits">How many positions are taken.</param>
internal sealed class KmlGeometry(GeoJsonLimits limits)
{
    private readonly List<(string Type, List<List<(double Longitude, double Latitude)>> Rings)> _parts = [];
    private int _positions;
    private bool _isRingOpen;

    /// <summary>Whether a point beside lines or polygons was left out: the place of their label, as many programs write it.</summary>
    public bool HasLabel { get; private set; }

    /// <summary>Whether a ring of a polygon is to come.</summary>
    public bool IsRingOpen => _isRingOpen;

    /// <summary>Begins a part.</summary>
    public void BeginPart(string type)
    {
        if (_parts.Count == limits.Rings)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"More than {limits.Rings:#,0} parts."));
        // A ring by itself is a line (OGC 12-007r2, section 11.8).
        _parts.Add((type == "LinearRing" ? "LineString" : type, []));
        _isRingOpen = false;
    }

    /// <summary>Begins a boundary of a polygon.</summary>
    public void BeginRing(bool isOuter)
    {
        if (_parts.Count == 0 || _parts[^1].Type != "Polygon")
            throw new SourceException("A boundary stands outside a polygon.");
        if (isOuter != (_parts[^1].Rings.Count == 0))
            throw new SourceException("A polygon has one outer boundary, and it comes first.");
        _isRingOpen = true;
    }

    /// <summary>Takes the coordinates of the part, or of its ring: <c>longitude,latitude[,altitude]</c>, parted by white space.</summary>
    public void Coordinates(string text)
    {
        if (_parts.Count == 0)
            throw new SourceException("Coordinates stand outside a geometry.");
        var (type, rings) = _parts[^1];
        if (type == "Polygon" && !_isRingOpen)
            throw new SourceException("Coordinates of a polygon stand outside its boundaries, or a boundary has several rings.");
        if (type != "Polygon" && rings.Count > 0)
            throw new SourceException($"A {type} has coordinates twice.");
        _isRingOpen = false;
        var line = new List<(double, double)>();
        foreach (var position in text.AsSpan().SplitAny(" \t\r\n"))
        {
            var tuple = text.AsSpan(position);
            if (tuple.IsEmpty)
                continue;
            if (++_positions > limits.Vertices)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"More than {limits.Vertices:#,0} positions."));
            line.Add(PositionOf(tuple));
        }

        rings.Add(line);
    }

    /// <summary>The geometry as unchecked GeoJSON; null when there is none.</summary>
    /// <exception cref="SourceException">It has parts of several types, other than one point for a label.</exception>
    public byte[]? End()
    {
        if (_parts.Count == 0)
            return null;
        HasLabel = _parts.Count(part => part.Type == "Point") == 1 && _parts.Count > 1;
        var parts = HasLabel ? _parts.FindAll(part => part.Type != "Point") : _parts;
        var type = parts[0].Type;
        if (parts.Find(part => part.Type != type) is { Type: { } other })
            throw new SourceException($"A placemark of geometries of several types, {type} and {other}, is not read.");
        var text = new GeometryText(limits, SourceSystem.Wgs84);
        var isMulti = parts.Count > 1;
        text.Begin(isMulti ? $"Multi{type}" : type);
        if (isMulti)
            text.Open();
        foreach (var part in parts)
            Write(text, type, part.Rings);
        if (isMulti)
            text.Close();
        return text.End();
    }

    private static void Write(GeometryText text, string type, List<List<(double Longitude, double Latitude)>> part)
    {
        switch (type)
        {
            case "Point":
                if (part is not [[var position]])
                    throw new SourceException("A point has one position.");
                text.Position(position.Longitude, position.Latitude);
                break;
            case "LineString":
                WriteLine(text, part is [var line] ? line : throw new SourceException("A line has one list of coordinates."));
                break;
            default:
                text.Open();
                foreach (var ring in part)
                    WriteLine(text, ring);
                text.Close();
                break;
        }
    }

    private static void WriteLine(GeometryText text, List<(double Longitude, double Latitude)> line)
    {
        text.Open();
        foreach (var (longitude, latitude) in line)
            text.Position(longitude, latitude);
        text.Close();
    }

    private static (double Longitude, double Latitude) PositionOf(ReadOnlySpan<char> tuple)
    {
        Span<Range> numbers = stackalloc Range[4];
        var count = tuple.Split(numbers, ',');
        if (count is 2 or 3
            && double.TryParse(tuple[numbers[0]], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            && double.TryParse(tuple[numbers[1]], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude))
            return (longitude, latitude);
        throw new SourceException($"\"{JsonTokens.Shortened(tuple.ToString())}\" is no position such as 76.52,43.61.");
    }
}
