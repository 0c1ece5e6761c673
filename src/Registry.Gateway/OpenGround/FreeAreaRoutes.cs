using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Costs;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;
using Registry.Gateway.Requests;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.OpenGround;

/// <summary>The address of free areas: GET with a rectangle, POST with a polygon.</summary>
internal static class FreeAreaRoutes
{
    private const int AreaDecimals = 4;
    private const int KmDecimals = 3;

    public static void MapFreeAreas(this IEndpointRouteBuilder routes)
    {
        // Not as a group: the telemetry would call them /free-areas/.
        routes.MapRead("/free-areas", AskByRectangle).WithTags("Open ground").WithSummary("Free areas in a rectangle");
        routes.MapPost("/free-areas", AskByPolygon).WithTags("Open ground").WithSummary("Free areas in a polygon");
    }

    private static Task AskByRectangle(HttpContext context, SheetPlan plan, FreeAreaSearch search, PastRegister past, Regime regime, CostlyTurns turns) =>
        FreeAreaQuery.Read(context.Request.QueryString, plan, out var query) is { } fault
            ? fault.ToProblem().ExecuteAsync(context)
            : Answer(context, search, past, regime, turns, query!);

    private static async Task AskByPolygon(HttpContext context, FreeAreaSearch search, PastRegister past, Regime regime, CostlyTurns turns)
    {
        var incoming = await Incoming<FreeAreaQuery>.Read(context, IncomingKind.Question, FreeAreaQuery.Read);
        await (incoming.Problem is { } problem
            ? problem.ExecuteAsync(context)
            : Answer(context, search, past, regime, turns, incoming.Form));
    }

    private static async Task Answer(
        HttpContext context, FreeAreaSearch search, PastRegister past, Regime regime, CostlyTurns turns, FreeAreaQuery query)
    {
        var (asAt, early) = await past.Resolve(query.AsAt);
        if (early is not null)
        {
            await early.ToProblem().ExecuteAsync(context);
            return;
        }

        using var reading = asAt is null ? null : await turns.Take(context, CostlyKind.Past);
        using var turn = await turns.Take(context, CostlyKind.FreeAreas);
        GroundAsAt? when = asAt is { } instant ? past.GroundOf(instant) : null;
        var (fault, areas, matched) = await search.Find(query, when, context.RequestAborted);
        await (fault is { } refusal
            ? refusal.ToProblem().ExecuteAsync(context)
            : JsonAnswer.Write(context, StatusCodes.Status200OK, JsonAnswer.GeoJson, (areas, matched), regime, static (json, found, regime) =>
                Write(json, found.areas, found.matched, regime)));
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<FreeArea> areas, int matched, Regime regime)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "FeatureCollection"u8);
        json.WriteNumber("numberMatched"u8, matched);
        json.WriteNumber("numberReturned"u8, areas.Count);
        json.WriteStartArray("features"u8);
        foreach (var area in areas)
            Write(json, area, regime);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FreeArea area, Regime regime)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, regime.Scheme.Alias(area.Cells[0]));
        json.WritePropertyName("geometry"u8);
        Outline.Of(regime.Graticule, area.Cells).WriteTo(json);
        json.WriteStartObject("properties"u8);
        json.WriteNumber("cellCount"u8, area.Cells.Count);
        json.WriteNumber("areaKm2"u8, Math.Round(CellArea.Km2(regime.Graticule, area.Cells), AreaDecimals));
        json.WriteStartArray("deposits"u8);
        foreach (var (deposit, km) in area.Deposits)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, deposit.Id);
            json.WriteString("name"u8, deposit.Name);
            json.WriteNumber("distanceKm"u8, Math.Round(km, KmDecimals));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
