using Registry.Gateway.Answers;
using Registry.Gateway.Pages;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Collections;

/// <summary>The addresses of OGC API - Features, Part 1: Core, under <c>/collections</c>.</summary>
internal static class CollectionRoutes
{
    public static void MapCollections(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/collections", All).WithTags("Collections").WithSummary("The collections");
        routes.MapRead("/collections/{collection}", One).WithTags("Collections").WithSummary("A collection");
        var one = routes.MapGroup("/collections/{collection}").WithTags("Collections");
        one.MapRead("queryables", static (string collection, HttpContext context) =>
            Answer(context, collection, found => QueryablesDocument.Answer(context, found))).WithSummary("By what a collection is filtered");
        one.MapRead("schema", static (string collection, HttpContext context) =>
            Answer(context, collection, found => SchemaDocument.Answer(context, found))).WithSummary("The schema of a collection");
        one.MapRead("items", static (string collection, HttpContext context, CollectionItems items) =>
            Answer(context, collection, found => items.Page(context, found))).WithSummary("Features, page by page");
        one.MapRead("items/{id}", static (string collection, string id, HttpContext context, CollectionItems items) =>
            Answer(context, collection, found => items.Item(context, found, id))).WithSummary("A feature");
        one.MapPost("search", static (string collection, HttpContext context, CollectionSearch search) =>
            Answer(context, collection, found => search.Answer(context, found))).WithSummary("Features for a filter in the body");
        one.MapRead("export", static (string collection, HttpContext context, CollectionExport export) =>
            Answer(context, collection, found => export.Answer(context, found))).WithSummary("Every feature, in one file");
    }

    private static Task All(HttpContext context, SheetPlan plan) => FormatParameter.Answer(
        context, json => WriteAll(json, plan), page => HtmlAnswer.Write(page, html => CollectionHtml.WriteAll(html, Links.Base(page.Request))));

    private static Task One(string collection, HttpContext context, SheetPlan plan) => Answer(context, collection, found => FormatParameter.Answer(
        context, json => WriteOne(json, found, plan),
        page => HtmlAnswer.Write(page, html => CollectionHtml.WriteOne(html, found, plan.Extent, Links.Base(page.Request)))));

    private static Task Answer(HttpContext context, string id, Func<CollectionDescription, Task> answer) => CollectionDescription.Find(id) is { } found
        ? answer(found)
        : new Problem(ProblemType.NotFound, $"There is no collection '{id}'; /collections lists them.").ExecuteAsync(context);

    private static Task WriteOne(HttpContext context, CollectionDescription collection, SheetPlan plan) => JsonAnswer.Write(
        context, StatusCodes.Status200OK, JsonAnswer.Json, collection, (plan.Extent, Root: Links.Base(context.Request)),
        static (json, collection, about) => collection.Write(json, about.Extent, about.Root));

    private static Task WriteAll(HttpContext context, SheetPlan plan) => JsonAnswer.Write(
        context, StatusCodes.Status200OK, JsonAnswer.Json, plan.Extent, context.Request, static (json, extent, request) =>
        {
            var root = Links.Base(request);
            json.WriteStartObject();
            json.WriteStartArray("links"u8);
            Links.Write(json, "self", JsonAnswer.Json, Links.Self(request));
            Links.Write(json, "alternate", Accepted.Html, $"{root}/collections?f=html", "This document as a page");
            json.WriteEndArray();
            json.WriteStartArray("collections"u8);
            foreach (var collection in CollectionDescription.All)
                collection.Write(json, extent, root);
            json.WriteEndArray();
            json.WriteEndObject();
        });
}
