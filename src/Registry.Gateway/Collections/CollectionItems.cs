using Registry.Actors.Journal;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Collections;

/// <summary>Answers for the items of a collection: pages of features, and single ones.</summary>
/// <param name="plan">Which sheets a rectangle touches.</param>
/// <param name="tokens">How page tokens are written.</param>
/// <param name="pages">Pages of objects.</param>
/// <param name="sheets">The sheets as features.</param>
/// <param name="objects">Single objects as features.</param>
/// <param name="clock">The registry's clock.</param>
public sealed class CollectionItems(
    SheetPlan plan, PageTokens tokens, CollectionPages pages, SheetFeatures sheets, ObjectFeatures objects, TimeProvider clock)
{
    private static readonly string[] ItemParameters = ["cells"];

    /// <summary>Answers <c>GET /collections/{collection}/items</c>.</summary>
    public async Task Page(HttpContext context, CollectionDescription collection)
    {
        var hasCells = collection.Objects == Collection.LicenseBlocks;
        if (ItemsQuery.Read(context.Request.QueryString, collection.Id, plan, tokens, hasCells, out var query) is { } fault)
        {
            await fault.ToProblem().ExecuteAsync(context);
            return;
        }

        if (collection.Objects is not { } kind)
        {
            var (features, touched, end) = await sheets.Read(query.Box, query.From, query.Limit);
            await Answer(context, collection, query, [features], touched, end);
            return;
        }

        var page = await pages.Read(kind, query.Box, query.From, query.Limit);
        var groups = new IReadOnlyList<byte[]>[page.Parts.Count];
        for (var i = 0; i < groups.Length; i++)
            groups[i] = query.WithCells ? await objects.WithCells(page.Parts[i].Features) : page.Parts[i].Features;
        await Answer(context, collection, query, groups, page.Matched, page.Next);
    }

    /// <summary>Answers <c>GET /collections/{collection}/items/{id}</c>.</summary>
    public async Task Item(HttpContext context, CollectionDescription collection, string id)
    {
        Span<ReadOnlyMemory<char>?> values = [null];
        var hasCells = collection.Objects == Collection.LicenseBlocks;
        var withCells = false;
        var fault = QueryText.Read(context.Request.QueryString, ItemParameters.AsSpan(0, hasCells ? 1 : 0), values)
            ?? ItemsQuery.ReadFlag(values[0], out withCells);
        if (fault is not null)
        {
            await fault.ToProblem().ExecuteAsync(context);
            return;
        }

        var feature = collection.Objects is { } kind ? await objects.Find(kind, id, withCells) : await sheets.Find(id);
        await (feature is null
            ? new Problem(ProblemType.NotFound, $"The collection {collection.Id} has no such feature.").ExecuteAsync(context)
            : FeatureAnswer.Write(context, feature, collection));
    }

    private Task Answer(
        HttpContext context, CollectionDescription collection, ItemsQuery query, IReadOnlyList<IReadOnlyList<byte[]>> features, long matched,
        Place? end)
    {
        var next = end is { } place
            ? Links.With(context.Request, ItemsQuery.PageParameter, query.Token(tokens, collection.Id, place))
            : null;
        return FeatureCollectionAnswer.Write(
            context, features, clock.GetUtcNow(), matched, next, collection.Address(Links.Base(context.Request)));
    }
}
