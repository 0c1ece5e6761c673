using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Registry.Formats.Features;
using Registry.Formats.Zip;

namespace Registry.Formats.Kml;

/// <summary>
/// Reads the KML document of a KMZ, which is a zip archive, and those of the same archive to which it links, as GDAL writes layers; pictures
/// beside them are left aside.
/// </summary>
/// <param name="encoding">What the documents are in; null for what they say themselves.</param>
public sealed class KmzSource(Encoding? encoding = null) : IFeatureSource
{
    // Of several documents the first one, as the standard has it (OGC 12-007r2, annex C).
    private const string Root = "doc.kml";

    // Of all documents together. No letter of the encodings that are read is longer.
    private const long MostBytes = 4L * KmlSource.MostCharacters;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (archive, why) = Open(file);
        var (read, bytes) = (0L, 0L);
        using (archive)
        {
            List<string> linked = archive is null ? [] : [archive.Files[0]];
            for (var i = 0; i < linked.Count && why is null; i++)
            {
                (var document, why) = await Inflate(archive!, linked[i], MostBytes - bytes, cancellation);
                if (document is null)
                    break;
                bytes += document.Length;
                var (path, before) = (linked[i], read);
                using var walk = new KmlWalk(
                    new KmlDocument(new MemoryStream(document), encoding), limits, address => Follow(address, path, archive!.Files, linked));
                await foreach (var feature in walk.Features(cancellation))
                {
                    if (!feature.IsEndOfReading && before + feature.Index == limits.Features)
                    {
                        yield return limits.TooMany();
                        yield break;
                    }

                    yield return feature with { Index = before + feature.Index };
                    if (feature.IsEndOfReading)
                        yield break;
                    read = before + feature.Index + 1;
                }
            }

            if (why is null && linked.Count < archive!.Files.Count)
                why = "The archive holds several KML documents, and not to all of them a link (NetworkLink) leads; import them one by one.";
        }

        if (why is not null)
            yield return SourceFeature.Unreadable(read, why);
    }

    private static (FileArchive? Archive, string? Why) Open(Stream file)
    {
        try
        {
            return (new FileArchive(file, ZipLimits.Default, ".kml", "KML document", Root), null);
        }
        catch (SourceException fault)
        {
            return (null, fault.Message);
        }
    }

    // Whether an address that a document names is that of a document of the archive, which is then read once.
    private static bool Follow(string address, string from, IReadOnlyList<string> files, List<string> linked)
    {
        var path = from[..(from.LastIndexOf('/') + 1)] + (address.StartsWith("./", StringComparison.Ordinal) ? address[2..] : address);
        var found = files.FirstOrDefault(name => name.Equals(path, StringComparison.OrdinalIgnoreCase) || name.Equals(Uri.UnescapeDataString(path), StringComparison.OrdinalIgnoreCase));
        if (found is not null && !linked.Contains(found))
            linked.Add(found);
        return found is not null;
    }

    private static async ValueTask<(byte[]? Document, string? Why)> Inflate(FileArchive archive, string path, long most, CancellationToken cancellation)
    {
        try
        {
            await using var entry = archive.OpenPath(path)!;
            if (entry.Length > most)
                return (null, string.Create(CultureInfo.InvariantCulture, $"The document is longer than {MostBytes:#,0} bytes."));
            // As long as it says that it is: a stream that grows would hold it three times.
            var document = new byte[entry.Length];
            await entry.ReadExactlyAsync(document, cancellation);
            await entry.Drain(cancellation);
            return (document, null);
        }
        catch (SourceException fault)
        {
            return (null, fault.Message);
        }
    }
}
