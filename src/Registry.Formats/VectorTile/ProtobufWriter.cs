using System.Text;

namespace Registry.Formats.VectorTile;

/// <summary>Writes the wire format of Protocol Buffers, as far as vector tiles need it: varints and length-delimited fields.</summary>
internal sealed class ProtobufWriter
{
    private const int MostVarintBytes = 10;
    private const int LengthDelimited = 2;

    private byte[] _bytes = new byte[256];

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Begins anew, in the same memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Writes a number without a field.</summary>
    public void Varint(ulong value)
    {
        var rest = Room(MostVarintBytes);
        var count = 0;
        for (; value >= 0x80; value >>= 7)
            rest[count++] = (byte)(value | 0x80);
        rest[count++] = (byte)value;
        Length += count;
    }

    /// <summary>Writes a field that is a number.</summary>
    public void Varint(int field, ulong value)
    {
        Varint((ulong)field << 3);
        Varint(value);
    }

    /// <summary>Writes a field that is bytes: a message, a packed list.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | LengthDelimited);
        Varint((ulong)value.Length);
        Raw(value);
    }

    /// <summary>Writes a field that is a text, in UTF-8.</summary>
    public void Text(int field, string value)
    {
        Varint(((ulong)field << 3) | LengthDelimited);
        var length = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)length);
        Length += Encoding.UTF8.GetBytes(value, Room(length));
    }

    /// <summary>Writes what is encoded already.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>A signed number as an unsigned one, small where it is near 0.</summary>
    public static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + count));
        return _bytes.AsSpan(Length);
    }
}
