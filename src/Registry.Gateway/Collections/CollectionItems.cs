using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Answers;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Costs;
using Registry.Gateway.Pages;
using Registry.Gateway.Parameters;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;
using Registry.Gateway.ReferenceSystems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Collections;

/// <summary>Answers for the items of a collection: pages of features, and single ones.</summary>
/// <param name="plan">Which sheets a rectangle touches.</param>
/// <param name="tokens">How page tokens are written.</param>
/// <param name="pages">Pages of objects.</param>
/// <param name="sheets">The sheets as features.</param>
/// <param name="objects">Single objects as features.</param>
/// <param name="past">The register as it stood.</param>
/// <param name="clock">The registry's clock.</param>
/// <param name="turns">Gives turns to heavy filters and to the past.</param>
public sealed class CollectionItems(
    SheetPlan plan, PageTokens tokens, CollectionPages pages, SheetFeatures sheets, ObjectFeatures objects, PastRegister past,
    TimeProvider clock, CostlyTurns turns)
{
    private static readonly string[] ItemParameters = [FormatParameter.Name, ReferenceSystemParameter.Answer, DateTimeParameter.AsAtName, ItemsParameters.Cells];

    /// <summary>Answers <c>GET /collections/{collection}/items</c>.</summary>
    public async Task Page(HttpContext context, CollectionDescription collection)
    {
        var parameters = ItemsParameters.Of(collection);
        if (ItemsQuery.Read(context.Request, collection.Id, parameters, plan, tokens, FeatureFormat.OfItems, out var query) is { } fault)
            await fault.ToProblem().ExecuteAsync(context);
        else
            await Page(context, collection, query);
    }

    /// <summary>Answers with one page.</summary>
    internal async Task Page(HttpContext context, CollectionDescription collection, ItemsQuery query)
    {
        var (asAt, refusal) = past.FaultOf(query.Period) is { } reversed ? (null, reversed) : await past.Resolve(query.AsAt);
        if (refusal is not null)
        {
            await refusal.ToProblem().ExecuteAsync(context);
            return;
        }

        if (asAt is not null)
            await turns.Hold(context, CostlyKind.Past);
        else if (FilterWeight.Of(query.Filter).IsCostly)
            await turns.Hold(context, CostlyKind.Filters);
        if (collection.Objects is not { } kind)
        {
            var (features, touched, end) = await sheets.Read(query.Box, query.Filter, query.From, query.Offset, query.Limit, asAt, context.RequestAborted);
            await Answer(context, collection, query, asAt, [features], touched, end);
            return;
        }

        var selection = new FeatureSelection(kind, query.Box, past.InForce(kind, query.Period, query.Filter)) { AsAt = asAt?.Cut };
        var from = query.Offset == 0 ? query.From : await pages.Skip(selection, query.Offset, context.RequestAborted);
        var page = await pages.Read(selection, from, query.Limit, context.RequestAborted);
        var groups = new IReadOnlyList<byte[]>[page.Parts.Count];
        for (var i = 0; i < groups.Length; i++)
            groups[i] = query.WithCells ? await objects.WithCells(page.Parts[i].Features, asAt, context.RequestAborted) : page.Parts[i].Features;
        await Answer(context, collection, query, asAt, groups, page.Matched, page.Next);
    }

    /// <summary>Answers <c>GET /collections/{collection}/items/{id}</c>.</summary>
    public async Task Item(HttpContext context, CollectionDescription collection, string id)
    {
        var hasCells = collection.Objects == Collection.LicenseBlocks;
        var fault = ReadItem(context.Request, hasCells, out var format, out var system, out var moment, out var withCells);
        (var asAt, fault) = fault is null ? await past.Resolve(moment) : (null, fault);
        if (fault is not null)
        {
            await fault.ToProblem().ExecuteAsync(context);
            return;
        }

        var feature = collection.Objects is { } kind ? await objects.Find(kind, id, withCells, asAt) : await sheets.Find(id, asAt);
        if (feature is null)
        {
            await new Problem(ProblemType.NotFound, $"The collection {collection.Id} has no such feature.").ExecuteAsync(context);
            return;
        }

        ReferenceSystemParameter.WriteHeader(context.Response, system);
        context.Response.Headers.Vary = Vary.ByFormat;
        await (format == FeatureFormat.Html
            ? HtmlAnswer.Write(context, html =>
                ItemHtml.Write(html, feature, collection, CollectionColumns.Of(collection, withCells), system, context.Request))
            : FeatureAnswer.Write(context, feature, collection, system));
    }

    private static Refusal? ReadItem(
        HttpRequest request, bool hasCells, out FeatureFormat format, out ReferenceSystem system, out Moment? moment, out bool withCells)
    {
        (format, system, moment, withCells) = (FeatureFormat.GeoJson, ReferenceSystem.Crs84, null, false);
        Span<ReadOnlyMemory<char>?> values = [null, null, null, null];
        return QueryText.Read(request.QueryString, ItemParameters.AsSpan(0, hasCells ? 4 : 3), values)
            ?? FeatureFormat.Choose(request, values[0], FeatureFormat.OfItem, out format)
            ?? ReferenceSystemParameter.Read(ReferenceSystemParameter.Answer, values[1], out system)
            ?? DateTimeParameter.ReadAsAt(values[2], out moment)
            ?? ItemsQuery.ReadFlag(values[3], out withCells);
    }

    // The answer as at an instant is dated with it: asked again, it is the same to the byte.
    private Task Answer(
        HttpContext context, CollectionDescription collection, ItemsQuery query, AsAt? asAt, IReadOnlyList<IReadOnlyList<byte[]>> features,
        long matched, Place? end)
    {
        var next = end is { } place
            ? Links.With(context.Request, ItemsQuery.PageParameter, query.Token(tokens, collection.Id, place), without: OffsetParameter.Name)
            : null;
        ReferenceSystemParameter.WriteHeader(context.Response, query.System);
        context.Response.Headers.Vary = Vary.ByFormat;
        if (query.Format == FeatureFormat.GeoJson)
        {
            return FeatureCollectionAnswer.Write(
                context, features, asAt?.Instant ?? clock.GetUtcNow(), matched, next, collection.Address(Links.Base(context.Request)),
                query.System);
        }

        var columns = CollectionColumns.Of(collection, query.WithCells);
        IFeatureWriter writer = query.Format == FeatureFormat.Html
            ? new ItemsHtml(collection, context.Request, matched, next, columns)
            : FeatureFormat.Writer(query.Format, collection.Id, columns, query.System);
        return FeatureStreamAnswer.Write(context, query.Format, writer, features.ToAsyncEnumerable(), matched, next);
    }
}
