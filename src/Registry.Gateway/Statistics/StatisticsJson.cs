using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Gateway.Answers;

namespace Registry.Gateway.Statistics;

/// <summary>The numbers as JSON: by collection and property, a row for each value and status.</summary>
/// <param name="Tallies">The numbers, in their order.</param>
/// <param name="Instant">As at when.</param>
/// <param name="Regime">Whose register it is.</param>
internal sealed record StatisticsJson(IReadOnlyList<Tally> Tallies, DateTimeOffset Instant, string Regime) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => JsonAnswer.Write(
        httpContext, StatusCodes.Status200OK, JsonAnswer.Json, this, 0, static (json, statistics, _) => statistics.Write(json));

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("regime"u8, Regime);
        json.WriteString("timeStamp"u8, Instant.UtcDateTime);
        foreach (var collection in Tallies.GroupBy(tally => tally.Collection))
        {
            json.WriteStartObject(RegisterTallies.Name(collection.Key));
            foreach (var property in collection.GroupBy(tally => tally.By))
            {
                json.WriteStartArray(RegisterTallies.Name(property.Key));
                foreach (var tally in property)
                    Write(json, tally);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Tally tally)
    {
        json.WriteStartObject();
        if (tally.By != TallyBy.Status)
            json.WriteString("value"u8, tally.Value);
        json.WriteString("status"u8, tally.Status);
        json.WriteNumber("count"u8, tally.Count);
        json.WriteNumber("cells"u8, tally.Cells);
        json.WriteNumber("areaKm2"u8, RegisterTallies.AreaKm2(tally));
        json.WriteEndObject();
    }
}
