using System.Buffers.Binary;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.WellKnown;

/// <summary>Reads well-known binary (OGC 06-103r4, section 8), with or without Z and M, into unchecked GeoJSON.</summary>
public ref struct WellKnownBinary
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly GeometryText _geometry;
    private int _at;

    private WellKnownBinary(ReadOnlySpan<byte> bytes, GeometryText geometry)
    {
        _bytes = bytes;
        _geometry = geometry;
    }

    /// <summary>Reads a geometry.</summary>
    /// <param name="bytes">The geometry and nothing behind it.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="system">What its positions are given in.</param>
    /// <param name="geometry">GeoJSON in UTF-8, unchecked; null when the answer is a fault.</param>
    /// <returns>Why there is none; null when there is one.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, GeoJsonLimits limits, SourceSystem system, out byte[]? geometry)
    {
        geometry = null;
        try
        {
            var text = new GeometryText(limits, system);
            var reader = new WellKnownBinary(bytes, text);
            reader.Geometry();
            if (reader._at != bytes.Length)
                return "There are bytes behind the well-known binary.";
            geometry = text.End();
            return null;
        }
        catch (SourceException fault)
        {
            return fault.Message;
        }
    }

    private void Geometry()
    {
        var (type, isLittle, ordinates) = Header();
        _geometry.Begin(type.GeoJson);
        switch (type.Code)
        {
            case 1:
                Position(isLittle, ordinates);
                break;
            case 2:
                Positions(isLittle, ordinates);
                break;
            case 3:
                Rings(isLittle, ordinates);
                break;
            default:
                Parts(type, isLittle);
                break;
        }
    }

    // Each part is a geometry with a header of its own, of the single type.
    private void Parts(WellKnownType type, bool isLittle)
    {
        const int leastBytes = 9;
        var count = Count(isLittle, leastBytes);
        _geometry.Open();
        for (var i = 0; i < count; i++)
        {
            var (part, partIsLittle, ordinates) = Header();
            if (part.Code != type.Code - 3)
                throw new SourceException($"A {type.GeoJson} has a part that is a {part.GeoJson}.");
            if (part.Code == 1)
                Position(partIsLittle, ordinates);
            else if (part.Code == 2)
                Positions(partIsLittle, ordinates);
            else
                Rings(partIsLittle, ordinates);
        }

        _geometry.Close();
    }

    private (WellKnownType Type, bool IsLittle, int Ordinates) Header()
    {
        var order = Take(1)[0];
        if (order > 1)
            throw new SourceException("The well-known binary names no byte order.");
        var isLittle = order == 1;
        var code = UInt32(isLittle);
        const uint extendedZ = 0x80000000, extendedM = 0x40000000, extendedSrid = 0x20000000;
        if ((code & extendedSrid) != 0)
            Take(4);
        var isExtended = (code & (extendedZ | extendedM)) != 0;
        var hasZ = (code & extendedZ) != 0;
        var hasM = (code & extendedM) != 0;
        code &= ~(extendedZ | extendedM | extendedSrid);
        if (!isExtended && code / 1000 is var dimension and <= 3)
        {
            (hasZ, hasM) = (dimension is 1 or 3, dimension is 2 or 3);
            code %= 1000;
        }

        return (WellKnownType.OfCode((int)Math.Min(code, int.MaxValue)), isLittle, 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0));
    }

    private void Rings(bool isLittle, int ordinates)
    {
        var count = Count(isLittle, sizeof(uint));
        _geometry.Open();
        for (var i = 0; i < count; i++)
            Positions(isLittle, ordinates);
        _geometry.Close();
    }

    private void Positions(bool isLittle, int ordinates)
    {
        var count = Count(isLittle, ordinates * sizeof(double));
        _geometry.RefuseBeyond(count);
        _geometry.Open();
        for (var i = 0; i < count; i++)
            Position(isLittle, ordinates);
        _geometry.Close();
    }

    private void Position(bool isLittle, int ordinates)
    {
        var position = Take(ordinates * sizeof(double));
        _geometry.Position(Double(position, isLittle), Double(position[sizeof(double)..], isLittle));
    }

    private static double Double(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);

    // A count that the bytes behind it cannot hold is refused before anything is made of it.
    private long Count(bool isLittle, int leastBytesEach)
    {
        var count = UInt32(isLittle);
        return count * (long)leastBytesEach <= _bytes.Length - _at ? count : throw CutShort();
    }

    private uint UInt32(bool isLittle)
    {
        var bytes = Take(sizeof(uint));
        return isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - _at < count)
            throw CutShort();
        var taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    private static SourceException CutShort() => new("The well-known binary is cut short.");
}
