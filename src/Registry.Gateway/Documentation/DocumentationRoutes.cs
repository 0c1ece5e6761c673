using Registry.Gateway.Answers;
using Registry.Gateway.Hosting;
using Registry.Gateway.Pages;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Documentation;

/// <summary>The addresses that say what the registry is and how to speak with it.</summary>
public static class DocumentationRoutes
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the addresses.</summary>
    public static void MapDocumentation(this IEndpointRouteBuilder routes)
    {
        // Read once, when it is first asked for.
        var documents = new Lazy<Task<OpenApiDocuments>>(() => OpenApiDocuments.Load(
            routes.ServiceProvider.GetRequiredService<RegistrySettings>().PublicUrl?.AbsoluteUri.TrimEnd('/') ?? "/"));
        routes.MapMethods("/", Methods, LandingPage.Answer);
        routes.MapMethods("/conformance", Methods, context => FormatParameter.Answer(context, WriteConformance, WriteConformancePage));
        routes.MapMethods("/api", Methods, context => FormatParameter.Answer(
            context,
            async json => await Write(json, MediaTypes.OpenApi30, (await documents.Value).Version30),
            async page => await ContractHtml.Write(page, (await documents.Value).Version30)));
        routes.MapMethods("/openapi/v1.json", Methods, async context => await Write(context, JsonAnswer.Json, (await documents.Value).Version31));
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
