using Microsoft.Net.Http.Headers;
using Registry.Actors.Ground;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Collections.ReferenceSystems;
using Registry.Gateway.Parameters;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Collections;

/// <summary>Answers <c>GET /collections/{collection}/export</c>: every feature that matches, in one file, without pages.</summary>
/// <param name="plan">Which sheets a rectangle touches.</param>
/// <param name="walk">Reads the features.</param>
/// <param name="sheets">The sheets as features.</param>
/// <param name="past">The register as it stood.</param>
public sealed class CollectionExport(SheetPlan plan, CollectionWalk walk, SheetFeatures sheets, PastRegister past)
{
    private static readonly string[] Parameters =
        [FormatParameter.Name, BoundingBoxParameter.Name, ReferenceSystemParameter.Answer, ReferenceSystemParameter.Box, DateTimeParameter.Name];

    /// <summary>Answers the request.</summary>
    public async Task Answer(HttpContext context, CollectionDescription collection)
    {
        var fault = Read(context.Request, out var query);
        (var asAt, fault) = fault is null ? await past.Resolve(query.Period, DateTimeParameter.Name) : (null, fault);
        if (fault is not null)
        {
            await fault.ToProblem().ExecuteAsync(context);
            return;
        }

        ReferenceSystemParameter.WriteHeader(context.Response, query.System);
        context.Response.Headers.Vary = HeaderNames.Accept;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{collection.Id}.{ExtensionOf(query.Format)}\"";
        var writer = FeatureFormat.Writer(query.Format, collection.Id, FeatureColumn.Of(collection, withCells: false), query.System);
        var features = collection.Objects is { } kind
            ? walk.Read(new FeatureSelection(kind, query.Box, query.Within) { AsAt = asAt?.Cut }, context.RequestAborted)
            : AllSheets(query, asAt);
        await FeatureStreamAnswer.Write(context, query.Format, writer, features, matched: null, next: null);
    }

    private Refusal? Read(HttpRequest request, out ExportQuery query)
    {
        query = default;
        var (format, system) = (FeatureFormat.GeoJson, ReferenceSystem.Crs84);
        var box = BoundingBox.World;
        FilterExpression? within = null;
        Period? period = null;
        Span<ReadOnlyMemory<char>?> values = [null, null, null, null, null];
        var fault = QueryText.Read(request.QueryString, Parameters, values)
            ?? FeatureFormat.Choose(request, values[0], FeatureFormat.OfExport, out format)
            ?? ReferenceSystemParameter.Read(ReferenceSystemParameter.Answer, values[2], out system)
            ?? ReferenceSystemParameter.Read(ReferenceSystemParameter.Box, values[3], out var boxSystem)
            ?? plan.Read(values[1], boxSystem, out box, out within)
            ?? DateTimeParameter.Read(values[4], out period);
        if (fault is null)
            query = new ExportQuery(format, box, within, system, period);
        return fault;
    }

    private static string ExtensionOf(FeatureFormat format) =>
        format == FeatureFormat.GeoJson ? "geojson" : format == FeatureFormat.GeoJsonSequence ? "geojsons" : format.Name;

    private async IAsyncEnumerable<IReadOnlyList<byte[]>> AllSheets(ExportQuery query, AsAt? asAt)
    {
        var (features, _, _) = await sheets.Read(query.Box, query.Within, Place.Start, int.MaxValue, asAt);
        yield return features;
    }

    private readonly record struct ExportQuery(
        FeatureFormat Format, BoundingBox Box, FilterExpression? Within, ReferenceSystem System, Period? Period);
}
