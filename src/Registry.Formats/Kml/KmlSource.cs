using System.Runtime.CompilerServices;
using System.Text;
using Registry.Formats.Features;

namespace Registry.Formats.Kml;

/// <summary>Reads the placemarks of a KML document (OGC 12-007r2), in whatever folders they lie.</summary>
/// <remarks>
/// Document type declarations are prohibited, and with them every entity of one's own: nothing is fetched and nothing grows. Properties
/// are the placemark's <c>name</c> and <c>description</c> and its extended data, all of them texts.
/// </remarks>
/// <param name="encoding">What the document is in; null for what it says itself.</param>
public sealed class KmlSource(Encoding? encoding = null) : IFeatureSource
{
    /// <summary>Most characters of a document, markup included.</summary>
    public const int MostCharacters = 16_000_000;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var walk = new KmlWalk(new KmlDocument(file, encoding), limits);
        await foreach (var feature in walk.Features(cancellation))
            yield return feature;
    }
}
