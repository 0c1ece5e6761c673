using System.Buffers.Binary;

namespace Registry.Log.Tiles;

/// <summary>Entries one after the other, each with its length before it as a big-endian 16-bit number (c2sp.org/tlog-tiles, "Log entries").</summary>
public static class EntryBundle
{
    /// <summary>The most bytes that an entry can have.</summary>
    public const int MostEntryBytes = ushort.MaxValue;

    /// <summary>The most bytes that a bundle can have: 16,777,472.</summary>
    public const int MostBytes = TileCoordinates.FullWidth * (LengthBytes + MostEntryBytes);

    private const int LengthBytes = 2;

    /// <summary>Writes a bundle.</summary>
    /// <param name="entries">1 to 256 entries of 65,535 bytes at most.</param>
    /// <exception cref="ArgumentException">An entry is longer, or there are too many.</exception>
    public static byte[] Write(IReadOnlyCollection<ReadOnlyMemory<byte>> entries)
    {
        if (entries.Count is 0 or > TileCoordinates.FullWidth)
            throw new ArgumentException($"A bundle has 1 to {TileCoordinates.FullWidth} entries, not {entries.Count}.", nameof(entries));
        var bytes = new byte[entries.Sum(entry => LengthBytes + entry.Length)];
        var rest = bytes.AsSpan();
        foreach (var entry in entries)
        {
            if (entry.Length > MostEntryBytes)
                throw new ArgumentException($"An entry has at most {MostEntryBytes} bytes, not {entry.Length}.", nameof(entries));
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[LengthBytes..]);
            rest = rest[(LengthBytes + entry.Length)..];
        }

        return bytes;
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="bytes">All bytes of the bundle.</param>
    /// <param name="width">How many entries it must have.</param>
    /// <returns>The entries, as parts of <paramref name="bytes"/>.</returns>
    /// <exception cref="FormatException">It has more or fewer, or its end is missing.</exception>
    public static ReadOnlyMemory<byte>[] Read(ReadOnlyMemory<byte> bytes, int width)
    {
        var entries = new ReadOnlyMemory<byte>[width];
        for (var i = 0; i < width; i++)
        {
            if (bytes.Length < LengthBytes)
                throw new FormatException($"The bundle of entries ends after {i} of {width} entries.");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span);
            bytes = bytes[LengthBytes..];
            if (bytes.Length < length)
                throw new FormatException($"The bundle of entries ends within entry {i} of {width}: {bytes.Length} of its {length} bytes are there.");
            entries[i] = bytes[..length];
            bytes = bytes[length..];
        }

        return bytes.IsEmpty ? entries : throw new FormatException($"The bundle of entries has {bytes.Length} bytes after its last entry.");
    }

    /// <summary>The bytes of the first entries of a bundle.</summary>
    /// <exception cref="FormatException">The bundle has fewer entries.</exception>
    internal static int LengthOf(ReadOnlySpan<byte> bytes, int width)
    {
        var at = 0;
        for (var i = 0; i < width; i++)
        {
            if (bytes.Length - at < LengthBytes)
                throw new FormatException($"The bundle of entries ends after {i} of {width} entries.");
            at += LengthBytes + BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        }

        return at;
    }
}
