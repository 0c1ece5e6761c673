using System.Buffers.Binary;
using System.Globalization;
using Registry.Formats.Features;

namespace Registry.Formats.Shapefile;

/// <summary>
/// Counts the entries in the directory of a zip archive (APPNOTE.TXT, sections 4.3.12 and 4.3.16) before anything is made of them: an
/// archive within the limit of bytes can hold a million entries, and says itself how many there are.
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
            Count(archive, BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16)), mostEntries);
            return;
        }

        throw new SourceException("The file is no zip archive, or is cut short.");
    }

    private static void Count(Stream archive, long start, int mostEntries)
    {
        var header = new byte[EntryBytes];
        for (var entries = 0; start + EntryBytes <= archive.Length; entries++)
        {
            archive.Position = start;
            archive.ReadExactly(header);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != EntrySignature)
                return;
            if (entries == mostEntries)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The archive has more than {mostEntries} entries."));
            start += EntryBytes + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
        }
    }
}
