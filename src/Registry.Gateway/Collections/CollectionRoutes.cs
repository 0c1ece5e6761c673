using Registry.Gateway.Answers;
using Registry.Gateway.Pages;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Collections;

/// <summary>The addresses of OGC API - Features, Part 1: Core, under <c>/collections</c>.</summary>
public static class CollectionRoutes
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the addresses.</summary>
    public static void MapCollections(this IEndpointRouteBuilder routes)
    {
        var items = routes.ServiceProvider.GetRequiredService<CollectionItems>();
        var plan = routes.ServiceProvider.GetRequiredService<SheetPlan>();
        var search = routes.ServiceProvider.GetRequiredService<CollectionSearch>();
        var export = routes.ServiceProvider.GetRequiredService<CollectionExport>();
        routes.MapMethods("/collections", Methods, context => FormatParameter.Answer(
            context, json => WriteAll(json, plan), page => HtmlAnswer.Write(page, html => CollectionHtml.WriteAll(html, Links.Base(page.Request)))));
        routes.MapMethods("/collections/{collection}", Methods, context => Answer(context, found => FormatParameter.Answer(
            context, json => WriteOne(json, found, plan),
            page => HtmlAnswer.Write(page, html => CollectionHtml.WriteOne(html, found, plan.Extent, Links.Base(page.Request))))));
        routes.MapMethods("/collections/{collection}/queryables", Methods, context => Answer(context, found => QueryablesDocument.Answer(context, found)));
        routes.MapMethods("/collections/{collection}/schema", Methods, context => Answer(context, found => SchemaDocument.Answer(context, found)));
        routes.MapMethods("/collections/{collection}/items", Methods, context => Answer(context, found => items.Page(context, found)));
        routes.MapMethods("/collections/{collection}/items/{id}", Methods, context =>
            Answer(context, found => items.Item(context, found, (string)context.GetRouteValue("id")!)));
        routes.MapPost("/collections/{collection}/search", context => Answer(context, found => search.Answer(context, found)));
        routes.MapMethods("/collections/{collection}/export", Methods, context => Answer(context, found => export.Answer(context, found)));
    }

    private static Task Answer(HttpContext context, Func<CollectionDescription, Task> answer)
    {
        var id = (string)context.GetRouteValue("collection")!;
        return CollectionDescription.Find(id) is { } found
            ? answer(found)
            : new Problem(ProblemType.NotFound, $"There is no collection '{id}'; /collections lists them.").ExecuteAsync(context);
    }

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
