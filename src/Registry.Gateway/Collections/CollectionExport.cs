using System.Runtime.CompilerServices;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Gateway.Answers;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Costs;
using Registry.Gateway.Parameters;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;
using Registry.Gateway.ReferenceSystems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Collections;

/// <summary>
/// Answers <c>GET /collections/{collection}/export</c>: every feature that matches, in one file, without pages. It takes the parameters of
/// the items, but for those of pages.
/// </summary>
/// <param name="plan">Which sheets a rectangle touches.</param>
/// <param name="tokens">How page tokens are written.</param>
/// <param name="walk">Reads the features.</param>
/// <param name="sheets">The sheets as features.</param>
/// <param name="objects">Single objects, for the cells of license blocks.</param>
/// <param name="past">The register as it stood.</param>
/// <param name="turns">Gives turns to exports.</param>
public sealed class CollectionExport(
    SheetPlan plan, PageTokens tokens, CollectionWalk walk, SheetFeatures sheets, ObjectFeatures objects, PastRegister past, CostlyTurns turns)
{
    /// <summary>Answers the request.</summary>
    public async Task Answer(HttpContext context, CollectionDescription collection)
    {
        var fault = Read(context.Request, collection, out var query) ?? past.FaultOf(query.Period);
        (var asAt, fault) = fault is null ? await past.Resolve(query.AsAt) : (null, fault);
        if (fault is not null)
        {
            await fault.ToProblem().ExecuteAsync(context);
            return;
        }

        await turns.Hold(context, CostlyKind.Exports);
        ReferenceSystemParameter.WriteHeader(context.Response, query.System);
        context.Response.Headers.Vary = Vary.ByFormat;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{collection.Id}.{ExtensionOf(query.Format)}\"";
        var writer = FeatureFormat.Writer(query.Format, collection.Id, CollectionColumns.Of(collection, query.WithCells), query.System);
        var features = collection.Objects is { } kind
            ? Walk(new FeatureSelection(kind, query.Box, past.InForce(kind, query.Period, query.Filter)) { AsAt = asAt?.Cut }, query.WithCells, asAt, context.RequestAborted)
            : AllSheets(query, asAt, context.RequestAborted);
        await FeatureStreamAnswer.Write(context, query.Format, writer, features, matched: null, next: null);
    }

    private Refusal? Read(HttpRequest request, CollectionDescription collection, out ItemsQuery query)
    {
        query = default;
        var parameters = ItemsParameters.Of(collection);
        var values = new ReadOnlyMemory<char>?[parameters.Names.Length];
        FilterExpression? filter = null;
        return QueryText.Read(request.QueryString, parameters.Names, values)
            ?? Without(LimitParameter.Name, values[ItemsParameters.Limit])
            ?? Without(ItemsQuery.PageParameter, values[ItemsParameters.Page])
            ?? Without(OffsetParameter.Name, parameters.OffsetOf(values))
            ?? parameters.ReadFilter(values, out filter)
            ?? ItemsQuery.Read(request, collection.Id, parameters, plan, tokens, FeatureFormat.OfExport, values, filter, out query);
    }

    private static Refusal? Without(string name, ReadOnlyMemory<char>? value) =>
        value is null ? null : Refusal.Malformed(name, "An export has no such parameter: it is everything that matches, in one file.");

    private static string ExtensionOf(FeatureFormat format) =>
        format == FeatureFormat.GeoJson ? "geojson" : format == FeatureFormat.GeoJsonSequence ? "geojsons" : format.Name;

    private async IAsyncEnumerable<IReadOnlyList<byte[]>> Walk(
        FeatureSelection selection, bool withCells, AsAt? asAt, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var group in walk.Read(selection, stop))
            yield return withCells ? await objects.WithCells(group, asAt, stop) : group;
    }

    private async IAsyncEnumerable<IReadOnlyList<byte[]>> AllSheets(ItemsQuery query, AsAt? asAt, [EnumeratorCancellation] CancellationToken stop)
    {
        var (features, _, _) = await sheets.Read(query.Box, query.Filter, Place.Start, offset: 0, int.MaxValue, asAt, stop);
        yield return features;
    }
}
