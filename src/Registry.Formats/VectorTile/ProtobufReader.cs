namespace Registry.Formats.VectorTile;

/// <summary>Reads what <see cref="ProtobufWriter"/> wrote: fields one after another, numbers and bytes.</summary>
/// <remarks>What it reads comes from the registry's own sheets. Anything else ends in an <see cref="InvalidDataException"/>.</remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its value where it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its value where it is bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads the next field.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = Varint();
        Field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                Number = Varint();
                return true;
            case 2:
                var length = Varint();
                if (length > (ulong)_rest.Length)
                    throw Cut();
                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                throw new InvalidDataException($"A vector tile has no field of wire type {tag & 7}.");
        }
    }

    /// <summary>Reads a number without a field.</summary>
    public ulong Varint()
    {
        var value = 0UL;
        for (var i = 0; i < _rest.Length && i < 10; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] >= 0x80)
                continue;
            _rest = _rest[(i + 1)..];
            return value;
        }

        throw Cut();
    }

    private static InvalidDataException Cut() => new("A vector tile is cut short.");
}
