using System.Buffers.Binary;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.WellKnown;

namespace Registry.Formats.FlatGeobuf;

/// <summary>Reads the geometry of a FlatGeobuf feature into unchecked GeoJSON.</summary>
internal static class FlatGeobufGeometry
{
    private const int Ends = 0, Positions = 1, Type = 6, Parts = 7;
    private const int PositionBytes = 2 * sizeof(double);

    /// <summary>Reads the geometry.</summary>
    /// <param name="geometry">The table (Geometry in feature.fbs).</param>
    /// <param name="typeOfFile">The type that the header names for all; 0 where each feature says its own.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="system">What its positions are given in.</param>
    /// <returns>GeoJSON in UTF-8; null where the geometry is empty.</returns>
    public static byte[]? Read(FlatTable geometry, byte typeOfFile, GeoJsonLimits limits, SourceSystem system)
    {
        var code = typeOfFile == 0 ? geometry.Byte(Type) : typeOfFile;
        var type = WellKnownType.OfCode(code);
        var text = new GeometryText(limits, system);
        text.Begin(type.GeoJson);
        if (type.Levels == 3)
        {
            var count = geometry.Vector(Parts, sizeof(uint)).Length / sizeof(uint);
            if (count == 0)
                return null;
            text.Open();
            var partBytes = 0L;
            for (var i = 0; i < count; i++)
            {
                var part = geometry.TableOf(Parts, i);
                // Offsets can all lead to the same part, so that some bytes would stand for many positions.
                if ((partBytes += part.Vector(Positions, sizeof(double)).Length) > geometry.BufferBytes)
                    throw new SourceException("Parts of a geometry share their positions.");
                Lines(text, part);
            }

            text.Close();
            return text.End();
        }

        var positions = geometry.Vector(Positions, sizeof(double));
        if (positions.IsEmpty)
            return null;
        if (type.Levels == 2)
            Lines(text, geometry);
        else if (type.Levels == 1)
            Line(text, positions);
        else
            Position(text, positions.Length == PositionBytes ? positions : throw new SourceException("A point has one position."));
        return text.End();
    }

    // Where there is one ring or line, its end may be left out.
    private static void Lines(GeometryText text, FlatTable geometry)
    {
        var positions = geometry.Vector(Positions, sizeof(double));
        var ends = geometry.Vector(Ends, sizeof(uint));
        text.Open();
        var start = 0L;
        for (var i = 0; i < ends.Length; i += sizeof(uint))
        {
            var end = BinaryPrimitives.ReadUInt32LittleEndian(ends[i..]) * (long)PositionBytes;
            if (end < start || end > positions.Length)
                throw new SourceException("A ring ends outside its polygon.");
            Line(text, positions[(int)start..(int)end]);
            start = end;
        }

        if (ends.IsEmpty)
            Line(text, positions);
        text.Close();
    }

    private static void Line(GeometryText text, ReadOnlySpan<byte> positions)
    {
        text.RefuseBeyond(positions.Length / PositionBytes);
        text.Open();
        for (; positions.Length >= PositionBytes; positions = positions[PositionBytes..])
            Position(text, positions);
        text.Close();
    }

    private static void Position(GeometryText text, ReadOnlySpan<byte> position) =>
        text.Position(BinaryPrimitives.ReadDoubleLittleEndian(position), BinaryPrimitives.ReadDoubleLittleEndian(position[sizeof(double)..]));
}
