using System.Buffers;

namespace Registry.Formats.Features;

/// <summary>Writes features in one format, one after the other, and keeps none of them.</summary>
public interface IFeatureWriter
{
    /// <summary>What comes before the first feature.</summary>
    void Begin(IBufferWriter<byte> output);

    /// <summary>One feature.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="feature">A GeoJSON Feature in UTF-8, as the registry encodes it.</param>
    void Write(IBufferWriter<byte> output, byte[] feature);

    /// <summary>What comes after the last feature.</summary>
    void End(IBufferWriter<byte> output);
}
