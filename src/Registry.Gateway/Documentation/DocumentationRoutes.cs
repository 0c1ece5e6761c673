using Registry.Gateway.Answers;
using Registry.Gateway.Pages;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Documentation;

/// <summary>The addresses that say what the registry is and how to speak with it.</summary>
internal static class DocumentationRoutes
{
    public static void MapDocumentation(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/", LandingPage.Answer).WithSummary("What the registry is, and where everything else begins");
        routes.MapRead("/conformance", static (HttpContext context) => FormatParameter.Answer(context, WriteConformance, WriteConformancePage))
            .WithSummary("The standards that the registry conforms to");
        routes.MapRead("/api", static (HttpContext context, Contract contract) => FormatParameter.Answer(
            context,
            async json => await Write(json, MediaTypes.OpenApi30, (await contract.Documents).Version30),
            async page => await ContractHtml.Write(page, (await contract.Documents).Version30))).WithSummary("The HTTP contract, in OpenAPI 3.0");
        routes.MapRead("/openapi/v1.json", static async (HttpContext context, Contract contract) =>
            await Write(context, JsonAnswer.Json, (await contract.Documents).Version31)).WithSummary("The HTTP contract, in OpenAPI 3.1");
    }

    private static async Task Write(HttpContext context, string mediaType, byte[] document)
    {
        if (context.Features.Get<PublicAddress>() is null && context.Request.PathBase.HasValue)
            document = OpenApiDocuments.At(document, context.Request.PathBase.ToUriComponent());
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = document.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.BodyWriter.WriteAsync(document, context.RequestAborted);
    }

    private static Task WriteConformance(HttpContext context) => JsonAnswer.Write(
        context, StatusCodes.Status200OK, JsonAnswer.Json, Conformance.Classes, 0, static (json, classes, _) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("conformsTo"u8);
            foreach (var identifier in classes)
                json.WriteStringValue(identifier);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static Task WriteConformancePage(HttpContext context) => HtmlAnswer.Write(context, html =>
    {
        html.BeginPage("Conformance", (Links.Base(context.Request) + "/?f=html", "Registry")).Markup("<ul>\n"u8);
        foreach (var identifier in Conformance.Classes)
            html.Markup("<li>"u8).Text(identifier).Markup("</li>\n"u8);
        html.Markup("</ul>\n"u8).EndPage();
    });
}
