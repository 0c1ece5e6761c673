using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoPackage;

/// <summary>Reads the one table of features of a GeoPackage (OGC 12-128r19), in the order of its keys.</summary>
/// <param name="said">What its positions are given in, as the sender says; null for what the file says.</param>
public sealed class GeoPackageSource(SourceSystem? said = null) : IFeatureSource
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The stream is no file: SQLite reads it where it is mapped.</exception>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (file is not FileStream mapped)
            throw new ArgumentException("A GeoPackage is read from a file.", nameof(file));
        if (await IsCutShort(mapped, cancellation))
        {
            yield return SourceFeature.Unreadable(0, "It is no SQLite database, or is cut short.");
            yield break;
        }

        using var walk = new GeoPackageWalk(mapped, said, limits);
        await foreach (var feature in walk.Features(cancellation))
            yield return feature;
    }

    // SQLite takes a page that the file does not have for one of zeros (sqlite.org/fileformat2.html, section 1.3: sizes at 16 and 28).
    private static async ValueTask<bool> IsCutShort(FileStream file, CancellationToken cancellation)
    {
        var header = new byte[100];
        if (await file.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation) < header.Length)
            return true;
        var pageBytes = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16)) is var size and not 1 ? size : 65_536L;
        return pageBytes * BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28)) > file.Length;
    }
}
