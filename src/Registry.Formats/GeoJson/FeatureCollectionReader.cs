using System.Runtime.CompilerServices;
using Registry.Core.GeoJson;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoJson;

/// <summary>
/// Reads the features of a GeoJSON FeatureCollection (RFC 7946, section 3.3) one at a time, holding no more of the file in memory than
/// one feature.
/// </summary>
/// <remarks>
/// A feature that is at fault is given with its faults, and reading goes on behind it; one that is longer than
/// <see cref="MostFeatureBytes"/> is skipped without being held. Where the file is no JSON, or no FeatureCollection, or in a reference
/// system that is not read, the last item says so and where. A <c>type</c> or <c>crs</c> written after the features is read when it comes: a caller that must take all or nothing waits for the end.
/// </remarks>
public static class FeatureCollectionReader
{
    /// <summary>Most bytes of one feature with its properties: its geometry's limit and as much again.</summary>
    public static int MostFeatureBytes(GeoJsonLimits limits) => (int)Math.Min(2L * limits.Bytes, Array.MaxLength / 4);

    /// <summary>Reads the features in the file's order.</summary>
    /// <param name="stream">The file, UTF-8, with or without a byte order mark; left open.</param>
    /// <param name="limits">How much is read of each feature.</param>
    /// <param name="accepted">The types of geometry that the caller takes.</param>
    /// <param name="said">What its positions are given in, as the sender says; null for what the file says, or WGS 84.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="IOException">The stream fails.</exception>
    public static async IAsyncEnumerable<GeoJsonFeature> Read(
        Stream stream,
        GeoJsonLimits limits,
        GeometryTypes accepted = GeometryTypes.All,
        SourceSystem? said = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var walk = new FeatureCollectionWalk(stream, limits, accepted, said);
        while (await walk.Next(cancellation) is { } feature)
            yield return feature;
    }
}
