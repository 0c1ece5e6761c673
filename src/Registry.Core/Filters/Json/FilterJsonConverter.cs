using System.Text.Json;
using System.Text.Json.Serialization;

namespace Registry.Core.Filters.Json;

/// <summary>Carries a filter within other JSON, as cql2-json. What it reads was checked before it was written, so no limit applies.</summary>
public sealed class FilterJsonConverter : JsonConverter<FilterExpression>
{
    private static readonly FilterLimits Unlimited = new()
    {
        Depth = int.MaxValue,
        Operations = int.MaxValue,
        Values = int.MaxValue,
        Vertices = int.MaxValue,
    };

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(FilterExpression).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is no filter.</exception>
    public override FilterExpression Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var reading = FilterJson.Read(document.RootElement, Unlimited);
        return reading.IsSound ? reading.Filter : throw new JsonException(reading.Fault.ToString());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FilterExpression value, JsonSerializerOptions options) => JsonFilterWriter.Write(writer, value);
}
