using System.Buffers.Binary;
using Registry.Formats.Encodings;

namespace Registry.Formats.FlatGeobuf;

/// <summary>
/// One table of a FlatBuffer (flatbuffers.dev, "FlatBuffers internals"), read field by field. Every offset is checked against the buffer;
/// one that leads outside throws a <see cref="SourceException"/>.
/// </summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _buffer;
    private readonly int _table;
    private readonly int _fields;
    private readonly int _fieldsLength;

    private FlatTable(ReadOnlySpan<byte> buffer, long at)
    {
        _buffer = buffer;
        _table = Place(buffer, at, sizeof(int));
        _fields = Place(buffer, (long)_table - BinaryPrimitives.ReadInt32LittleEndian(buffer[_table..]), 2 * sizeof(ushort));
        _fieldsLength = BinaryPrimitives.ReadUInt16LittleEndian(buffer[_fields..]);
        Place(buffer, _fields, _fieldsLength);
    }

    /// <summary>The bytes of the whole buffer.</summary>
    public int BufferBytes => _buffer.Length;

    /// <summary>The table at the root of a buffer.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> buffer)
    {
        Place(buffer, 0, sizeof(uint));
        return new FlatTable(buffer, BinaryPrimitives.ReadUInt32LittleEndian(buffer));
    }

    /// <summary>A number of one byte; the default where the field is absent.</summary>
    public byte Byte(int field, byte absent = 0) => Find(field, sizeof(byte)) is { } at ? _buffer[at] : absent;

    /// <summary>A number of two bytes.</summary>
    public ushort UInt16(int field, ushort absent = 0) =>
        Find(field, sizeof(ushort)) is { } at ? BinaryPrimitives.ReadUInt16LittleEndian(_buffer[at..]) : absent;

    /// <summary>A number of four bytes.</summary>
    public int Int32(int field) => Find(field, sizeof(int)) is { } at ? BinaryPrimitives.ReadInt32LittleEndian(_buffer[at..]) : 0;

    /// <summary>A number of eight bytes.</summary>
    public ulong UInt64(int field) => Find(field, sizeof(ulong)) is { } at ? BinaryPrimitives.ReadUInt64LittleEndian(_buffer[at..]) : 0;

    /// <summary>A text; null where it is absent.</summary>
    /// <exception cref="SourceException">It is not UTF-8.</exception>
    public string? Text(int field)
    {
        if (Find(field, sizeof(uint)) is null)
            return null;
        EncodedText.TryRead(Vector(field, 1), TextEncodings.Utf8, out var text);
        return text ?? throw new SourceException("A name in the header is not UTF-8, as FlatGeobuf has it.");
    }

    /// <summary>A table; whether it is there.</summary>
    public bool TryTable(int field, out FlatTable table)
    {
        table = default;
        if (Find(field, sizeof(uint)) is not { } at)
            return false;
        table = new FlatTable(_buffer, at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[at..]));
        return true;
    }

    /// <summary>The bytes of a vector of numbers; none where it is absent.</summary>
    /// <param name="field">The field.</param>
    /// <param name="size">The bytes of one number.</param>
    public ReadOnlySpan<byte> Vector(int field, int size)
    {
        if (Find(field, sizeof(uint)) is not { } at)
            return [];
        var start = Place(_buffer, at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[at..]), sizeof(uint));
        var bytes = (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[start..]) * size;
        return _buffer.Slice(Place(_buffer, start + (long)sizeof(uint), bytes), (int)bytes);
    }

    /// <summary>A table of a vector of tables.</summary>
    /// <param name="field">The field.</param>
    /// <param name="index">Which; there are as many as <see cref="Vector"/> of four bytes each has.</param>
    public FlatTable TableOf(int field, int index)
    {
        var offsets = Vector(field, sizeof(uint));
        var entry = offsets[(index * sizeof(uint))..];
        _buffer.Overlaps(entry, out var at);
        return new FlatTable(_buffer, at + (long)BinaryPrimitives.ReadUInt32LittleEndian(entry));
    }

    private int? Find(int field, int size)
    {
        var entry = 4 + (2 * field);
        if (entry + sizeof(ushort) > _fieldsLength)
            return null;
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(_buffer[(_fields + entry)..]);
        return offset == 0 ? null : Place(_buffer, (long)_table + offset, size);
    }

    private static int Place(ReadOnlySpan<byte> buffer, long at, long bytes) =>
        at >= 0 && bytes >= 0 && at + bytes <= buffer.Length ? (int)at : throw new SourceException("A part of the file points outside itself.");
}
