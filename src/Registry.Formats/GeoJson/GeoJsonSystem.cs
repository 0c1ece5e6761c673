using System.Buffers;
using System.Text.Json;
using Registry.Core.GeoJson;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoJson;

/// <summary>
/// The member <c>crs</c>, which GeoJSON had until 2016, in a collection, a feature or a geometry; and geometries brought from the system that
/// it names to WGS 84.
/// </summary>
internal static class GeoJsonSystem
{
    private static readonly JsonWriterOptions s_unchecked = new() { SkipValidation = true };

    /// <summary>Reads the value of a <c>crs</c>, and goes to its last token.</summary>
    /// <param name="reader">At its first token.</param>
    /// <param name="system">The system that it names; null when it is null.</param>
    /// <returns>Why none can be had of it; null when one can.</returns>
    /// <exception cref="JsonException">The text is not JSON or is cut short.</exception>
    public static string? Read(ref Utf8JsonReader reader, out SourceSystem? system)
    {
        system = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        var outside = reader.CurrentDepth;
        var (found, other) = (default(SourceSystem), default(string));
        Look(ref reader);
        var isWithin = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        while (isWithin)
        {
            JsonTokens.Advance(ref reader);
            Look(ref reader);
            isWithin = reader.CurrentDepth > outside;
        }

        system = found;
        if (found is not null)
            return null;
        var named = other is null ? "a reference system without a name" : $"\"{JsonTokens.Shortened(other)}\"";
        return $"The member crs names {named}, which is not read. {SourceSystem.Remedy}";

        // {"type": "name", "properties": {"name": "EPSG:32642"}}, {"type": "EPSG", "properties": {"code": 32642}}, a link, or a name alone.
        void Look(ref Utf8JsonReader token)
        {
            if (token.TokenType == JsonTokenType.Number)
                found ??= token.TryGetInt64(out var code) ? SourceSystemNames.OfEpsg(code) : null;
            if (token.TokenType == JsonTokenType.Number)
                other ??= System.Text.Encoding.UTF8.GetString(token.ValueSpan);
            if (token.TokenType != JsonTokenType.String || !JsonTokens.TryGetText(ref token, out var text))
                return;
            found ??= SourceSystemNames.Find(text);
            if (text.ToUpperInvariant() is not ("NAME" or "EPSG" or "LINK" or "URL" or "OGC" or "PROJ4"))
                other ??= text;
        }
    }

    /// <summary>The system that a feature or its geometry names, when they do.</summary>
    /// <param name="feature">A feature; known to be JSON.</param>
    /// <param name="system">The system; null when none is named.</param>
    /// <returns>Why none can be had of what is named; null when one can.</returns>
    public static string? ReadNamed(ReadOnlySpan<byte> feature, out SourceSystem? system)
    {
        system = null;
        if (feature.IndexOf("\"crs\""u8) < 0)
            return null;
        var reader = new Utf8JsonReader(feature);
        JsonTokens.Advance(ref reader);
        return reader.TokenType == JsonTokenType.StartObject ? ReadMembers(ref reader, isGeometry: false, ref system) : null;
    }

    /// <summary>A geometry with its positions in WGS 84, without its <c>crs</c>.</summary>
    /// <param name="geometry">The geometry; known to be JSON.</param>
    /// <param name="system">What its positions are given in.</param>
    /// <param name="mostPositions">Positions beyond this many are left as they are: the geometry is refused for their number.</param>
    /// <param name="transformed">The geometry; what is no geometry is left as it is.</param>
    /// <returns>Why a position is none of the system; null when all are.</returns>
    public static string? Transform(ReadOnlySpan<byte> geometry, SourceSystem system, int mostPositions, out byte[] transformed)
    {
        var reader = new Utf8JsonReader(geometry);
        JsonTokens.Advance(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            transformed = geometry.ToArray();
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, s_unchecked);
        var positions = new Positions(json, system, mostPositions);
        json.WriteStartObject();
        for (JsonTokens.Advance(ref reader); reader.TokenType != JsonTokenType.EndObject; JsonTokens.Advance(ref reader))
        {
            var name = reader;
            JsonTokens.Advance(ref reader);
            var value = (int)reader.TokenStartIndex;
            var isCoordinates = name.ValueTextEquals("coordinates"u8) && reader.TokenType == JsonTokenType.StartArray;
            if (isCoordinates)
            {
                json.WritePropertyName("coordinates"u8);
                using var coordinates = JsonDocument.ParseValue(ref reader);
                positions.Write(coordinates.RootElement);
                continue;
            }

            JsonTokens.SkipValue(ref reader);
            if (name.ValueTextEquals("crs"u8))
                continue;
            json.WritePropertyName(name.ValueSpan);
            json.WriteRawValue(geometry[value..(int)reader.BytesConsumed], skipInputValidation: true);
        }

        json.WriteEndObject();
        json.Flush();
        transformed = buffer.WrittenSpan.ToArray();
        return positions.Fault;
    }

    private static string? ReadMembers(ref Utf8JsonReader reader, bool isGeometry, ref SourceSystem? system)
    {
        for (JsonTokens.Advance(ref reader); reader.TokenType != JsonTokenType.EndObject; JsonTokens.Advance(ref reader))
        {
            var (isSystem, isInner) = (reader.ValueTextEquals("crs"u8), !isGeometry && reader.ValueTextEquals("geometry"u8));
            JsonTokens.Advance(ref reader);
            if (isSystem)
            {
                if (Read(ref reader, out var named) is { } fault)
                    return fault;
                if (named is not null && system is not null && !named.IsSame(system))
                    return $"A feature names two reference systems, {named.Name} and {system.Name}.";
                system ??= named;
            }
            else if (isInner && reader.TokenType == JsonTokenType.StartObject)
            {
                if (ReadMembers(ref reader, isGeometry: true, ref system) is { } fault)
                    return fault;
            }
            else
            {
                JsonTokens.SkipValue(ref reader);
            }
        }

        return null;
    }

    private sealed class Positions(Utf8JsonWriter json, SourceSystem system, int most)
    {
        private int _count;

        public string? Fault { get; private set; }

        public void Write(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                value.WriteTo(json);
                return;
            }

            json.WriteStartArray();
            var isPosition = value.GetArrayLength() >= 2 && value[0].ValueKind == JsonValueKind.Number && value[1].ValueKind == JsonValueKind.Number;
            if (isPosition && ++_count <= most && Fault is null)
            {
                Fault = system.ToWgs84(value[0].GetDouble(), value[1].GetDouble(), out var longitude, out var latitude);
                if (Fault is null)
                {
                    json.WriteNumberValue(longitude);
                    json.WriteNumberValue(latitude);
                    foreach (var further in value.EnumerateArray().Skip(2))
                        further.WriteTo(json);
                }
            }
            else
            {
                foreach (var inner in value.EnumerateArray())
                    Write(inner);
            }

            json.WriteEndArray();
        }
    }
}
