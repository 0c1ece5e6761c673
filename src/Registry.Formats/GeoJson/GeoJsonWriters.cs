using System.Buffers;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoJson;

/// <summary>Writes a GeoJSON FeatureCollection (RFC 7946) without links.</summary>
/// <param name="system">The reference system of its geometry.</param>
public sealed class GeoJsonWriter(ReferenceSystem system) : IFeatureWriter
{
    private readonly FeatureText _text = new(system);
    private bool _hasFeatures;

    /// <inheritdoc/>
    public void Begin(IBufferWriter<byte> output) => output.Write("{\"type\":\"FeatureCollection\",\"features\":[\n"u8);

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, byte[] feature)
    {
        if (_hasFeatures)
            output.Write(",\n"u8);
        _hasFeatures = true;
        _text.Write(output, feature);
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> output) => output.Write("\n]}\n"u8);
}

/// <summary>Writes a GeoJSON text sequence (RFC 8142): each feature between a record separator and a line feed.</summary>
/// <param name="system">The reference system of its geometry.</param>
public sealed class GeoJsonSequenceWriter(ReferenceSystem system) : IFeatureWriter
{
    private readonly FeatureText _text = new(system);

    /// <inheritdoc/>
    public void Begin(IBufferWriter<byte> output)
    {
    }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, byte[] feature)
    {
        output.Write("\u001e"u8);
        _text.Write(output, feature);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> output)
    {
    }
}
