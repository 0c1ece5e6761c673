namespace Registry.Formats.Zip;

/// <summary>An entry of an archive as it inflates, to as many bytes as its directory entry says and no more, and no others.</summary>
/// <param name="inner">What inflates.</param>
/// <param name="length">The bytes that were announced, and checked against the limits.</param>
/// <param name="checksum">The CRC-32 that its bytes are to have.</param>
/// <param name="name">Its name, for sentences.</param>
internal sealed class InflatedStream(Stream inner, long length, uint checksum, string name) : Stream
{
    private static readonly uint[] s_table = MakeTable();

    private long _position;
    private uint _crc = uint.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Check(buffer, inner.Read(buffer));
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            return Check(buffer.Span, count);
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    /// <summary>Reads some bytes without keeping them.</summary>
    /// <exception cref="SourceException">There are fewer.</exception>
    public async ValueTask Skip(long count, CancellationToken cancellation)
    {
        var bytes = new byte[16 * 1024];
        while (count > 0)
        {
            var read = await ReadAsync(bytes.AsMemory(0, (int)Math.Min(count, bytes.Length)), cancellation);
            if (read == 0)
                throw new SourceException($"The archive's entry \"{name}\" is cut short.");
            count -= read;
        }
    }

    /// <summary>Reads what is left, so that the checksum is held against all of it.</summary>
    public async ValueTask Drain(CancellationToken cancellation)
    {
        var rest = new byte[16 * 1024];
        while (await ReadAsync(rest, cancellation) > 0)
        {
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Check(ReadOnlySpan<byte> buffer, int read)
    {
        _position += read;
        if (_position > length)
            throw new SourceException($"The archive's entry \"{name}\" inflates to more than it says.");
        foreach (var value in buffer[..read])
            _crc = s_table[(byte)(_crc ^ value)] ^ (_crc >> 8);
        if (read == 0 && buffer.Length > 0 && (_position < length || ~_crc != checksum))
            throw Damaged();
        return read;
    }

    private SourceException Damaged() => new($"The archive's entry \"{name}\" is damaged.");

    // APPNOTE.TXT, section 4.4.7: the polynomial 0xEDB88320.
    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }

        return table;
    }
}
