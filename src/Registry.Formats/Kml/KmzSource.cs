using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Registry.Formats.Features;
using Registry.Formats.Zip;

namespace Registry.Formats.Kml;

/// <summary>Reads the one KML document of a KMZ, which is a zip archive; pictures beside it are left aside.</summary>
/// <param name="encoding">What the document is in; null for what it says itself.</param>
public sealed class KmzSource(Encoding? encoding = null) : IFeatureSource
{
    // No letter of the encodings that are read is longer.
    private const int MostBytes = 4 * KmlSource.MostCharacters;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (document, fault) = await Inflate(file, cancellation);
        if (document is null)
        {
            yield return SourceFeature.Unreadable(0, fault!);
            yield break;
        }

        await foreach (var feature in new KmlSource(encoding).Read(new MemoryStream(document), limits, cancellation))
            yield return feature;
    }

    private static async ValueTask<(byte[]? Document, string? Fault)> Inflate(Stream file, CancellationToken cancellation)
    {
        try
        {
            using var archive = new FileArchive(file, ZipLimits.Default, ".kml", "KML document");
            await using var entry = archive.Open(".kml")!;
            if (entry.Length > MostBytes)
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
