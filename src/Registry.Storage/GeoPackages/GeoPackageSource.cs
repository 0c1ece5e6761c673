using System.Runtime.CompilerServices;
using Registry.Core.Importing.Sources;

namespace Registry.Storage.GeoPackages;

/// <summary>Reads the one table of features of a GeoPackage (OGC 12-128r19), in the order of its keys.</summary>
public sealed class GeoPackageSource : IFeatureSource
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The stream is no file: SQLite opens a file by its name.</exception>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (file is not FileStream named)
            throw new ArgumentException("A GeoPackage is read from a file.", nameof(file));
        using var walk = new GeoPackageWalk(named.Name, limits);
        await foreach (var feature in walk.Features(cancellation))
            yield return feature;
    }
}
