using System.Buffers;
using System.Text.Json;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoJson;

/// <summary>Writes a feature as GeoJSON in a reference system: as it is where that is CRS84, else with another geometry in its place.</summary>
/// <param name="system">The reference system.</param>
public sealed class FeatureText(ReferenceSystem system)
{
    private readonly FlatGeometry _geometry = new();

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="feature">A GeoJSON Feature in UTF-8.</param>
    public void Write(IBufferWriter<byte> output, byte[] feature)
    {
        if (system == ReferenceSystem.Crs84)
        {
            output.Write(feature);
            return;
        }

        var (start, end) = ReadGeometry(feature);
        output.Write(feature.AsSpan(0, start));
        GeoJsonText.Write(output, _geometry, system);
        output.Write(feature.AsSpan(end));
    }

    private (int Start, int End) ReadGeometry(byte[] feature)
    {
        var json = new Utf8JsonReader(feature);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isGeometry = json.ValueTextEquals("geometry"u8);
            json.Read();
            var start = (int)json.TokenStartIndex;
            if (isGeometry)
            {
                _geometry.Read(ref json, system);
                return (start, (int)json.BytesConsumed);
            }

            json.Skip();
        }

        throw new InvalidDataException("A feature came without a geometry.");
    }
}
