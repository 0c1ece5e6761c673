using System.Runtime.CompilerServices;
using Registry.Core.Importing.Sources;

namespace Registry.Core.Importing.FlatGeobuf;

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
