using System.Net;
using System.Text;
using Registry.Gateway.Answers;
using Registry.Gateway.Hosting;
using Registry.Gateway.Map;
using Registry.Gateway.Pages;
using Registry.Gateway.Parameters;
using Registry.Hosting.Operators;

namespace Registry.Gateway.Documentation;

/// <summary>Answers <c>GET /</c>: JSON for programs, the map for a browser; a page of lists where <c>f=html</c> asks for it, or no map was built.</summary>
internal static class LandingPage
{
    private const string Title = "Registry of mineral titles";
    private const string Description = "License blocks, deposits and restriction areas: who holds which ground, and who asked for it first.";
    private const string AddressMark = "{{address}}";
    private const string OperatorsMark = "{{operators}}";
    private const string MapMark = "{{map}}";
    private const string ToTheMap = $"""<p><a href="{AddressMark}/">The map</a></p>""";
    private const string NoMap = "<p>The map is not in this build: install Node.js 20.19 or newer and start the registry with <code>./dev run</code>, or run its images.</p>";

    private static readonly string Page = ReadPage();

    private static readonly (string Relation, string MediaType, string Path, string Title)[] Onward =
    [
        ("service-desc", MediaTypes.OpenApi30, "/api", "The HTTP contract, in OpenAPI 3.0"),
        ("service-doc", Accepted.Html, "/api?f=html", "The HTTP contract, as a page"),
        ("service-desc", JsonAnswer.Json, "/openapi/v1.json", "The HTTP contract, in OpenAPI 3.1"),
        ("conformance", JsonAnswer.Json, "/conformance", "The standards that the registry conforms to"),
        ("data", JsonAnswer.Json, "/collections", "The collections of features"),
    ];

    /// <summary>Answers the request.</summary>
    public static Task Answer(HttpContext context, RegistrySettings settings, IHostEnvironment environment, MapFiles map) =>
        FormatParameter.Answer(context, WriteJson, page => map.Page is { } file && !page.Request.Query.ContainsKey(FormatParameter.Name)
            ? MapRoutes.AnswerPage(page, file)
            : WriteHtml(page, map.Page is null ? NoMap : ToTheMap, ForOperators(settings, environment)));

    private static Task WriteJson(HttpContext context) => JsonAnswer.Write(
        context, StatusCodes.Status200OK, JsonAnswer.Json, Links.Base(context.Request), 0, static (json, root, _) =>
        {
            json.WriteStartObject();
            json.WriteString("title"u8, Title);
            json.WriteString("description"u8, Description);
            json.WriteStartArray("links"u8);
            Links.Write(json, "self", JsonAnswer.Json, $"{root}/", "This document");
            Links.Write(json, "alternate", "text/html", $"{root}/?f=html", "This document as a page");
            foreach (var (relation, mediaType, path, title) in Onward)
                Links.Write(json, relation, mediaType, root + path, title);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static Task WriteHtml(HttpContext context, string map, string forOperators)
    {
        // The address comes from the caller's own header Host.
        var page = Encoding.UTF8.GetBytes(Page
            .Replace(MapMark, map, StringComparison.Ordinal)
            .Replace(OperatorsMark, forOperators, StringComparison.Ordinal)
            .Replace(AddressMark, WebUtility.HtmlEncode(Links.Base(context.Request)), StringComparison.Ordinal));
        HtmlAnswer.WriteHeaders(context.Response);
        context.Response.ContentLength = page.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.BodyWriter.WriteAsync(page).AsTask();
    }

    // A gateway of a cluster has no dashboard. Where the silos show theirs, it knows only if it is told.
    private static string ForOperators(RegistrySettings settings, IHostEnvironment environment)
    {
        var dashboard = settings.Dashboard is { } elsewhere ? WebUtility.HtmlEncode(elsewhere.AbsoluteUri)
            : settings.Postgres is null ? $"{AddressMark}/dashboard/"
            : null;
        if (dashboard is null)
            return "";
        var key = environment.IsDevelopment() ? $"<code>{DevelopmentOperator.Key}</code>" : "an operator's key";
        return $"""
                <h2>For operators</h2>
                <p><a href="{dashboard}">The Orleans dashboard</a> shows the silos and the grains; <a href="{dashboard}registry">a page beside it</a> shows
                  what is answered without a message. Both ask for a password, which is {key}, with any user name.</p>

            """;
    }

    private static string ReadPage()
    {
        using var stream = typeof(LandingPage).Assembly.GetManifestResourceStream("Registry.Gateway.Documentation.landing.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
