using System.Buffers.Binary;

namespace Registry.Formats.FlatGeobuf;

/// <summary>
/// Writes one FlatBuffer with its size before it, from front to back: a table first, then what its fields point to, which is where the
/// format wants it, for its offsets lead forward.
/// </summary>
/// <remarks>
/// See https://flatbuffers.dev/internals: numbers are little-endian and aligned to their size, counted from the size at the front; a
/// table begins with the distance back to its vtable, which lists the place of each field within the table, 0 for one that is absent.
/// Made to be used again and again.
/// </remarks>
public sealed class FlatBuffer
{
    private const int SizeBytes = 4;

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>The buffer, with its size before it.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Begins a buffer whose root is a table, and forgets the one before.</summary>
    /// <param name="fieldBytes">The size of each field of the table in bytes, by its number; 0 for one that is absent.</param>
    /// <returns>Where the table is.</returns>
    public int Begin(params ReadOnlySpan<byte> fieldBytes)
    {
        _length = 0;
        Grow(SizeBytes + sizeof(uint));
        var table = Table(fieldBytes);
        PointTo(SizeBytes, table);
        return table;
    }

    /// <summary>Ends the buffer.</summary>
    public void End()
    {
        Align(8, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes, (uint)(_length - SizeBytes));
    }

    /// <summary>Writes a table whose fields are all 0 until they are set.</summary>
    /// <param name="fieldBytes">The size of each field in bytes, by its number; 0 for one that is absent. Wide fields are best put first.</param>
    /// <returns>Where it is.</returns>
    public int Table(params ReadOnlySpan<byte> fieldBytes)
    {
        // The vtable, of 2-byte numbers: its size, the size of the table, the place of each field.
        Align(2, 0);
        var vtable = _length;
        Grow(4 + (fieldBytes.Length * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(vtable), (ushort)(_length - vtable));
        Align(8, 0);
        var table = _length;
        Grow(sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(table), table - vtable);
        for (var i = 0; i < fieldBytes.Length; i++)
        {
            if (fieldBytes[i] == 0)
                continue;
            Align(fieldBytes[i], 0);
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(vtable + 4 + (i * 2)), (ushort)(_length - table));
            Grow(fieldBytes[i]);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(vtable + 2), (ushort)(_length - table));
        return table;
    }

    /// <summary>Where a field of a table is.</summary>
    public int Field(int table, int number)
    {
        var vtable = table - BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(table));
        return table + BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(vtable + 4 + (number * 2)));
    }

    /// <summary>Sets a field of one byte.</summary>
    public void SetByte(int place, byte value) => _bytes[place] = value;

    /// <summary>Sets a field of four bytes.</summary>
    public void SetInt32(int place, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(place), value);

    /// <summary>Sets a field of eight bytes.</summary>
    public void SetUInt64(int place, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(place), value);

    /// <summary>Makes a field lead to a table or a vector that stands behind it.</summary>
    public void PointTo(int place, int target) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(place), (uint)(target - place));

    /// <summary>Writes a vector and gives room for its members.</summary>
    /// <param name="place">The field that leads to it.</param>
    /// <param name="count">How many members it has.</param>
    /// <param name="memberBytes">The size of each.</param>
    /// <returns>Where its first member is.</returns>
    public int Vector(int place, int count, int memberBytes)
    {
        Align(Math.Max(memberBytes, sizeof(uint)), sizeof(uint));
        PointTo(place, _length);
        Grow(sizeof(uint));
        SetInt32(_length - sizeof(uint), count);
        var first = _length;
        Grow(count * memberBytes);
        return first;
    }

    /// <summary>Writes a vector of bytes.</summary>
    public void Bytes(int place, ReadOnlySpan<byte> bytes)
    {
        // First the room, then the array: making room may make another array.
        var first = Vector(place, bytes.Length, 1);
        bytes.CopyTo(_bytes.AsSpan(first));
    }

    /// <summary>Writes a text: a vector of bytes with a zero after it.</summary>
    public void Text(int place, string text)
    {
        Bytes(place, System.Text.Encoding.UTF8.GetBytes(text));
        Grow(1);
    }

    /// <summary>Writes a vector of doubles.</summary>
    public void Doubles(int place, ReadOnlySpan<double> values)
    {
        var first = Vector(place, values.Length, sizeof(double));
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(first + (i * sizeof(double))), values[i]);
    }

    /// <summary>Grows until, after so many bytes more, the next place is a multiple of a size.</summary>
    private void Align(int size, int before) => Grow((size - ((_length + before) % size)) % size);

    private void Grow(int count)
    {
        if (_bytes.Length < _length + count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        _bytes.AsSpan(_length, count).Clear();
        _length += count;
    }
}
