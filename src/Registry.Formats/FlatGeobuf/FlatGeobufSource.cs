using System.Runtime.CompilerServices;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.FlatGeobuf;

/// <summary>Reads FlatGeobuf (https://flatgeobuf.org, version 3) in the order of the file; a spatial index is passed over.</summary>
/// <param name="said">What its positions are given in, as the sender says; null for what the file says.</param>
public sealed class FlatGeobufSource(SourceSystem? said = null) : IFeatureSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var feature in new FlatGeobufWalk(file, said, limits).Features(cancellation))
            yield return feature;
    }
}
