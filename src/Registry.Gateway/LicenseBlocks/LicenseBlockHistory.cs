using System.Globalization;
using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Answers;

namespace Registry.Gateway.LicenseBlocks;

/// <summary>Every change of a license block, oldest first: when, by whom, of what type, and what changed.</summary>
/// <param name="Entries">The entries of its stream.</param>
/// <param name="Regime">The law, for the names of cells.</param>
internal sealed record LicenseBlockHistory(IReadOnlyList<Entry> Entries, Regime Regime) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) =>
        JsonAnswer.Write(httpContext, StatusCodes.Status200OK, JsonAnswer.Json, this, 0, static (json, history, _) => history.WriteTo(json));

    private void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("history"u8);
        foreach (var entry in Entries)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence"u8, entry.Stamp.Sequence);
            json.WriteString("at"u8, entry.Stamp.At.UtcDateTime);
            json.WriteString("by"u8, entry.By.Name);
            json.WriteNumber("version"u8, entry.Version);
            Write(json, JsonSerializer.Deserialize(entry.Event, CoreJson.Default.LicenseBlockEvent)
                ?? throw new InvalidOperationException($"Entry {entry.Stamp.Sequence} holds no event."));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, LicenseBlockEvent change)
    {
        json.WriteString("type"u8, TypeOf(change));
        switch (change)
        {
            case Applied e:
                Write(json, e);
                break;
            case Reconsidered e:
                WriteCells(json, "struck", e.Struck);
                json.WriteString("status"u8, StatusOf(e.Queued));
                break;
            case Granted e:
                json.WriteString("number"u8, e.Number);
                json.WriteString("grantedOn"u8, Date(e.GrantedOn));
                json.WriteString("expiresOn"u8, Date(e.ExpiresOn));
                break;
            case Refused e:
                json.WriteString("reason"u8, e.Reason);
                break;
            case Relinquished e:
                WriteCells(json, "cells", e.Cells);
                break;
            case Withdrawn or Surrendered or Expired or Withheld:
                break;
            default:
                throw new InvalidOperationException($"The history does not know the event {change.GetType().Name}.");
        }
    }

    private void Write(Utf8JsonWriter json, Applied e)
    {
        json.WriteString("status"u8, StatusOf(e.Queued));
        json.WriteString("kind"u8, Words.Of(e.Kind));
        json.WriteStartObject("holder"u8);
        json.WriteString("id"u8, e.Holder.Id);
        json.WriteString("name"u8, e.Holder.Name);
        json.WriteString("country"u8, e.Holder.Country);
        json.WriteEndObject();
        WriteCells(json, "cells", e.Cells);
        if (e.Polygon is { } polygon)
        {
            json.WritePropertyName("geometry"u8);
            GeometryWriter.Write(json, polygon);
        }

        json.WriteStartArray("commodities"u8);
        foreach (var commodity in e.Commodities)
            json.WriteStringValue(commodity);
        json.WriteEndArray();
    }

    private void WriteCells(Utf8JsonWriter json, string name, CellSet cells)
    {
        json.WriteStartArray(name);
        foreach (var cell in cells)
            json.WriteStringValue(Regime.Scheme.Format(cell));
        json.WriteEndArray();
    }

    private static string StatusOf(bool queued) => Words.Of(queued ? LicenseBlockStatus.Queued : LicenseBlockStatus.Applied);

    private static string Date(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);

    private static string TypeOf(LicenseBlockEvent change) => JsonNamingPolicy.CamelCase.ConvertName(change.GetType().Name);
}
