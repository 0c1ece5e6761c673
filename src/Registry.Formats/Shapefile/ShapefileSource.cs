using System.Runtime.CompilerServices;
using System.Text;
using Registry.Formats.Features;

namespace Registry.Formats.Shapefile;

/// <summary>
/// Reads a zipped shapefile (ESRI, "Shapefile Technical Description", 1998): points, lines and polygons with the attributes of its dBASE
/// table. It has to say by its .prj that it is in WGS 84 degrees.
/// </summary>
/// <param name="encoding">What the texts of the table are in; null for what the archive says.</param>
public sealed class ShapefileSource(Encoding? encoding = null) : IFeatureSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var walk = new ShapefileWalk(file, encoding, limits);
        await foreach (var feature in walk.Features(cancellation))
            yield return feature;
    }
}
