using System.Buffers.Binary;
using System.Globalization;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.WellKnown;

namespace Registry.Formats.Shapefile;

/// <summary>Reads one shape of a shapefile into unchecked GeoJSON.</summary>
/// <remarks>
/// A polygon is a list of rings, of which those that run clockwise are outer ones and the others are holes; which hole is in which ring is
/// not said, and found out here: the smallest outer ring that holds its first position.
/// </remarks>
internal readonly ref struct Shape
{
    private const int MultiPatch = 31;
    private const int LooksOfPair = 4;
    private const int PositionBytes = 2 * sizeof(double);
    private const int BoxBytes = 4 * sizeof(double);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly GeometryText _text;
    private readonly GeoJsonLimits _limits;

    private Shape(ReadOnlySpan<byte> bytes, GeoJsonLimits limits, SourceSystem system)
    {
        _bytes = bytes;
        _limits = limits;
        _text = new GeometryText(limits, system);
    }

    /// <summary>Reads a shape.</summary>
    /// <param name="bytes">The content of its record.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="system">What its positions are given in.</param>
    /// <returns>GeoJSON in UTF-8; null for the null shape.</returns>
    /// <exception cref="SourceException">It is no shape, or passes a limit.</exception>
    public static byte[]? Read(ReadOnlySpan<byte> bytes, GeoJsonLimits limits, SourceSystem system) => new Shape(bytes, limits, system).Read();

    // Of 11 to 18 (with Z) and 21 to 28 (with M) the first part is laid out as without.
    private byte[]? Read()
    {
        var type = Int32(0);
        switch (type % 10)
        {
            case 0 when type == 0:
                return null;
            case 1 when type <= 21:
                _text.Begin("Point");
                Position(4);
                break;
            case 3 when type <= 23:
                Lines();
                break;
            case 5 when type <= 25:
                Polygons();
                break;
            case 8 when type <= 28:
                _text.Begin("MultiPoint");
                Line(4 + BoxBytes + 4, Int32(4 + BoxBytes));
                break;
            default:
                throw WellKnownType.NotRead(type == MultiPatch ? "A MultiPatch" : string.Create(CultureInfo.InvariantCulture, $"A shape of the unknown type {type}"));
        }

        return _text.End();
    }

    private void Lines()
    {
        var parts = Parts();
        _text.Begin(parts.Count == 1 ? "LineString" : "MultiLineString");
        if (parts.Count != 1)
            _text.Open();
        foreach (var (start, count) in parts)
            Line(start, count);
        if (parts.Count != 1)
            _text.Close();
    }

    private void Polygons()
    {
        var rings = new List<Coordinate[]>();
        foreach (var (start, count) in Parts())
            rings.Add(Coordinates(start, count));
        var outer = rings.Where(IsOuter).ToList();
        // Some writers turn every ring the other way.
        if (outer.Count == 0)
            outer = rings;
        var inner = rings.Except(outer).ToList();
        // Each hole is looked for in each outer ring.
        if (outer.Count > 1 && (long)inner.Count * outer.Sum(ring => ring.Length) > LooksOfPair * (long)_limits.EdgePairs)
            throw new SourceException("The shape has too many holes in too many parts.");
        var holes = inner.ToLookup(hole => outer.Count == 1 ? outer[0] : outer.Where(ring => Holds(ring, hole)).MinBy(Size) ?? outer[0]);
        _text.Begin(outer.Count == 1 ? "Polygon" : "MultiPolygon");
        if (outer.Count != 1)
            _text.Open();
        foreach (var ring in outer)
        {
            _text.Open();
            Ring(ring);
            foreach (var hole in holes[ring])
                Ring(hole);
            _text.Close();
        }

        if (outer.Count != 1)
            _text.Close();
    }

    private static bool IsOuter(Coordinate[] ring) => ring.Length >= 4 && Area.OfRingSigned(ring) > 0;

    private static double Size(Coordinate[] ring) => Math.Abs(Area.OfRingSigned(ring));

    private static bool Holds(Coordinate[] ring, Coordinate[] hole) =>
        hole.Length > 0 && ring.Length >= 4 && PointLocation.IsInRing(hole[0], ring);

    private void Ring(Coordinate[] ring)
    {
        _text.Open();
        foreach (var position in ring)
            _text.Position(position.X, position.Y);
        _text.Close();
    }

    private List<(int Start, int Count)> Parts()
    {
        const int parts = 4 + BoxBytes, table = parts + 8;
        var (count, positions) = (Int32(parts), Int32(parts + 4));
        if (count < 0 || count > _limits.Rings)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"More than {_limits.Rings:#,0} rings or lines."));
        _text.RefuseBeyond(positions);
        var first = table + (4 * count);
        var found = new List<(int, int)>();
        for (var i = 0; i < count; i++)
        {
            var start = Int32(table + (4 * i));
            var end = i + 1 < count ? Int32(table + (4 * (i + 1))) : positions;
            if (start < 0 || end < start || end > positions)
                throw new SourceException("A part of the shape lies outside it.");
            found.Add((first + (PositionBytes * start), end - start));
        }

        return found;
    }

    private Coordinate[] Coordinates(int start, int count)
    {
        Require(start, count * (long)PositionBytes);
        var coordinates = new Coordinate[count];
        for (var i = 0; i < count; i++)
            coordinates[i] = new Coordinate(Double(start + (PositionBytes * i)), Double(start + (PositionBytes * i) + sizeof(double)));
        return coordinates;
    }

    private void Line(int start, int count)
    {
        _text.RefuseBeyond(count);
        Require(start, count * (long)PositionBytes);
        _text.Open();
        for (var i = 0; i < count; i++)
            Position(start + (PositionBytes * i));
        _text.Close();
    }

    private void Position(int at) => _text.Position(Double(at), Double(at + sizeof(double)));

    private double Double(int at)
    {
        Require(at, sizeof(double));
        return BinaryPrimitives.ReadDoubleLittleEndian(_bytes[at..]);
    }

    private int Int32(int at)
    {
        Require(at, sizeof(int));
        return BinaryPrimitives.ReadInt32LittleEndian(_bytes[at..]);
    }

    private void Require(int at, long count)
    {
        if (count < 0 || at + count > _bytes.Length)
            throw new SourceException("The shape is cut short.");
    }
}
