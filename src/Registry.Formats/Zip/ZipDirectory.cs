using System.Buffers.Binary;
using System.Globalization;
using Registry.Formats.Features;

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
            var announced = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
            var count = Count(archive, BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16)), mostEntries);
            if (count != announced)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The archive's directory is damaged: it announces {announced} entries and holds {count}."));
            return;
        }

        throw new SourceException("The file is no zip archive, or is cut short.");
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
            throw new SourceException(string.Create(CultureInfo.InvariantCulture,
                $"An entry of the archive is compressed by method {method}; only stored and deflated ones are read (methods 0 and 8)."));
        }
    }
}
