using System.Runtime.CompilerServices;
using System.Text;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.Shapefile;

/// <summary>
/// Reads a zipped shapefile (ESRI, "Shapefile Technical Description", 1998): points, lines and polygons with the attributes of its dBASE
/// table. What its positions are given in is said by its .prj, or by the sender.
/// </summary>
/// <param name="encoding">What the texts of the table are in; null for what the archive says.</param>
/// <param name="said">What its positions are given in, as the sender says; null for what the .prj says.</param>
public sealed class ShapefileSource(Encoding? encoding = null, SourceSystem? said = null) : IFeatureSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var walk = new ShapefileWalk(file, encoding, said, limits);
        await foreach (var feature in walk.Features(cancellation))
            yield return feature;
    }
}
