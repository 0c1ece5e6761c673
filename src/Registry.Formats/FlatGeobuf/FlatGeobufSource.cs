using System.Runtime.CompilerServices;
using Registry.Formats.Features;

namespace Registry.Formats.FlatGeobuf;

/// <summary>Reads FlatGeobuf (https://flatgeobuf.org, version 3) in the order of the file; a spatial index is passed over.</summary>
public sealed class FlatGeobufSource : IFeatureSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var feature in new FlatGeobufWalk(file, limits).Features(cancellation))
            yield return feature;
    }
}
