using System.Text.Json;
using Registry.Core;
using Registry.Gateway.Answers;
using Registry.Gateway.Parameters;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Tiles;

/// <summary>Answers <c>GET /tiles.json</c>: what a map needs to know of the tiles (TileJSON 3.0.0), of now or as at an instant.</summary>
/// <param name="plan">The ground of the registry.</param>
/// <param name="past">The register as it stood.</param>
public sealed class TileJson(SheetPlan plan, PastRegister past)
{
    private static readonly string[] Names = [DateTimeParameter.AsAtName];

    // Deeper tiles are answered, and show the same cells larger: a map stretches those of this zoom as well.
    private const int DeepestZoom = 14;
    private const int LeastCellZoom = 9;

    private static readonly Layer[] Layers =
    [
        new("license-blocks", "Applications and titles; a point with a count stands for those not drawn one by one.", 0,
        [
            ("id", "Its id"), ("number", "The title's number, once granted"), ("kind", "What it is for"), ("status", "Where it stands"),
            ("country", "The holder's country, ISO 3166-1 alpha-2"), ("commodities", "The minerals sought, with commas"),
            ("cells", "How many cells"), ("count", "Of a point: for how many license blocks it stands"),
        ]),
        new("deposits", "Mineral occurrences, prospects and deposits.", 0,
        [
            ("id", "Its id"), ("name", "Its name"), ("status", "How well it is known and used"), ("commodities", "What it holds, with commas"),
            ("critical", "The lists of critical minerals that name it, with commas"), ("count", "Of a point without an id: for how many deposits it stands"),
        ]),
        new("areas", "Restriction areas, without their buffers.", 0,
        [
            ("id", "Its id"), ("name", "Its name"), ("effect", "exclude, consent or condition"), ("count", "Of a point: for how many areas it stands"),
        ]),
        new("cells", "The cells of the graticule that are the jurisdiction's.", LeastCellZoom,
        [
            ("status", "free, applied, granted or restricted"), ("licenseBlock", "Who claims it"), ("code", "Its code, from zoom 12"),
        ]),
    ];

    /// <summary>Answers the request.</summary>
    public async Task Answer(HttpContext context)
    {
        var fault = Read(context.Request.QueryString, out var text, out var moment);
        // The instant itself goes into the address of tiles, as it was written.
        (_, fault) = fault is null ? await past.Resolve(moment) : (null, fault);
        await (fault is { } refusal
            ? refusal.ToProblem().ExecuteAsync(context)
            : Write(context, text is null ? "" : $"?{DateTimeParameter.AsAtName}={Uri.EscapeDataString(text)}"));
    }

    private static Refusal? Read(QueryString query, out string? text, out Moment? moment)
    {
        Span<ReadOnlyMemory<char>?> values = [null];
        moment = null;
        var fault = QueryText.Read(query, Names, values) ?? DateTimeParameter.ReadAsAt(values[0], out moment);
        text = values[0]?.ToString();
        return fault;
    }

    private Task Write(HttpContext context, string query) => JsonAnswer.Write(
        context, StatusCodes.Status200OK, JsonAnswer.Json, plan, $"{Links.Base(context.Request)}/tiles/{{z}}/{{x}}/{{y}}.mvt{query}", static (json, plan, tiles) =>
        {
            var extent = plan.Extent;
            json.WriteStartObject();
            json.WriteString("tilejson"u8, "3.0.0"u8);
            json.WriteString("name"u8, "Registry of mineral titles"u8);
            json.WriteString("scheme"u8, "xyz"u8);
            Write(json, "tiles", tiles);
            json.WriteNumber("minzoom"u8, 0);
            json.WriteNumber("maxzoom"u8, DeepestZoom);
            Write(json, "bounds", extent.West, extent.South, extent.East, extent.North);
            Write(json, "center", (extent.West + extent.East) / 2, (extent.South + extent.North) / 2, 4);
            json.WriteStartArray("vector_layers"u8);
            foreach (var layer in Layers)
                layer.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, params ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private sealed record Layer(string Id, string Description, int LeastZoom, (string Name, string Description)[] Fields)
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, Id);
            json.WriteString("description"u8, Description);
            json.WriteNumber("minzoom"u8, LeastZoom);
            json.WriteNumber("maxzoom"u8, DeepestZoom);
            json.WriteStartObject("fields"u8);
            foreach (var (name, description) in Fields)
                json.WriteString(name, description);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
