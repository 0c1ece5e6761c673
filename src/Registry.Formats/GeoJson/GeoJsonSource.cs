using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoJson;

/// <summary>Reads a GeoJSON FeatureCollection (RFC 7946) one feature at a time.</summary>
/// <param name="said">What its positions are given in, as the sender says; null for what the file says, or WGS 84.</param>
public sealed class GeoJsonSource(SourceSystem? said = null) : IFeatureSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (GeoJsonEncoding.FaultOf(file) is { } fault)
        {
            yield return SourceFeature.Unreadable(0, fault);
            yield break;
        }

        await foreach (var feature in FeatureCollectionReader.Read(file, LimitsOf(limits), GeometryTypes.All, said, cancellation))
        {
            if (feature.Index == limits.Features)
            {
                yield return limits.TooMany();
                yield break;
            }

            yield return Of(feature);
        }
    }

    // Whether parts may touch depends on what the ground is, which is not known here.
    internal static GeoJsonLimits LimitsOf(SourceLimits limits) => limits.Geometry with { TouchingParts = TouchingParts.Kept };

    /// <summary>A feature of GeoJSON as one of any format.</summary>
    internal static SourceFeature Of(GeoJsonFeature feature) => new()
    {
        Index = feature.Index,
        Id = feature.Id,
        Properties = feature.Properties,
        Geometry = feature.Geometry is { Geometry: { } geometry } ? TextOf(geometry) : null,
        Faults = feature.Faults,
        IsEndOfReading = feature.FileStoppedAt is not null,
    };

    // To the last bit, as the sender's own text would be.
    private static byte[] TextOf(Geometry geometry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            new GeometryJsonConverter().Write(json, geometry, JsonSerializerOptions.Default);
        return buffer.WrittenSpan.ToArray();
    }
}
