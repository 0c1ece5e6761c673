using System.Buffers.Binary;
using System.Globalization;

namespace Registry.Formats.Zip;

/// <summary>
/// Counts the entries in the directory of a zip archive (APPNOTE.TXT, sections 4.3.12 and 4.3.16) before anything is made of them: an
/// archive within the limit of bytes can hold a million entries, and says itself how many there are. Entries that cannot be read are refused.
/// </summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int MostCommentBytes = 65_535;
    private const int EntryBytes = 46;
    private const int LocatorBytes = 20;
    private const int Zip64EndBytes = 56;
    private const uint LocatorSignature = 0x07064b50;
    private const uint Zip64EndSignature = 0x06064b50;
    private const uint EndSignature = 0x06054b50;
    private const uint EntrySignature = 0x02014b50;

    /// <summary>Refuses an archive without a directory, or with too many entries.</summary>
    /// <exception cref="SourceException">It is so.</exception>
    public static void Check(Stream archive, int mostEntries)
    {
        var tail = new byte[(int)Math.Min(archive.Length, EndBytes + MostCommentBytes)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) != EndSignature)
                continue;
            var (announced, start) = (BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10)), BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16)));
            var (entries, first) = announced == ushort.MaxValue || start == uint.MaxValue ? Zip64(archive, archive.Length - tail.Length + at) : (announced, start);
            var count = Count(archive, first, mostEntries);
            if (count != entries)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The archive's directory is damaged: it announces {entries} entries and holds {count}."));
            return;
        }

        throw new SourceException("The file is no zip archive, or is cut short.");
    }

    // Some writers keep the numbers of any archive where those of large ones are (sections 4.3.14 and 4.3.15).
    private static (long Entries, long Start) Zip64(Stream archive, long end)
    {
        var record = new byte[Zip64EndBytes];
        if (end >= LocatorBytes)
        {
            archive.Position = end - LocatorBytes;
            archive.ReadExactly(record, 0, LocatorBytes);
            var at = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(8));
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) == LocatorSignature && at >= 0 && at <= end - LocatorBytes - Zip64EndBytes)
            {
                archive.Position = at;
                archive.ReadExactly(record);
                if (BinaryPrimitives.ReadUInt32LittleEndian(record) == Zip64EndSignature && BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)) is var start and >= 0)
                    return (BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32)), start);
            }
        }

        throw new SourceException("The archive's directory is damaged.");
    }

    private static int Count(Stream archive, long start, int mostEntries)
    {
        var header = new byte[EntryBytes];
        var entries = 0;
        for (; start + EntryBytes <= archive.Length; entries++)
        {
            archive.Position = start;
            archive.ReadExactly(header);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != EntrySignature)
                break;
            if (entries == mostEntries)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The archive has more than {mostEntries} entries."));
            CheckEntry(header);
            start += EntryBytes + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
        }

        return entries;
    }

    // Section 4.4.4, bit 0: encrypted. Section 4.4.5: 0 stored, 8 deflated.
    private static void CheckEntry(ReadOnlySpan<byte> header)
    {
        if ((BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) & 1) != 0)
            throw new SourceException("The archive is protected by a password; send one without.");
        var method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        if (method is not (0 or 8))
        {
            throw new SourceException(
                $"An entry of the archive is compressed by {NameOf(method)}; only stored and deflated ones are read. Compress it by Deflate, as most programs do by themselves.");
        }
    }

    private static string NameOf(int method) => method switch
    {
        1 => "Shrink",
        6 => "Implode",
        9 => "Deflate64",
        12 => "BZIP2",
        14 => "LZMA",
        20 or 93 => "Zstandard",
        95 => "XZ",
        96 => "JPEG",
        97 => "WavPack",
        98 => "PPMd",
        99 => "AES, with a password",
        _ => string.Create(CultureInfo.InvariantCulture, $"method {method}"),
    };
}
