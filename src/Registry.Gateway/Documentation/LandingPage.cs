using System.Net;
using System.Text;
using Microsoft.Net.Http.Headers;
using Registry.Gateway.Collections;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;
using Registry.Gateway.Writing;

namespace Registry.Gateway.Documentation;

/// <summary>Answers <c>GET /</c>: JSON for programs, a page of HTML for a browser.</summary>
public static class LandingPage
{
    private const string Html = "text/html; charset=utf-8";
    private const string Title = "Registry of mineral titles";
    private const string Description = "License blocks, deposits and restriction areas: who holds which ground, and who asked for it first.";
    private const string AddressMark = "{{address}}";

    private static readonly string Page = ReadPage();

    private static readonly (string Relation, string MediaType, string Path, string Title)[] Onward =
    [
        ("service-desc", DocumentationRoutes.OpenApi30, "/api", "The HTTP contract, in OpenAPI 3.0"),
        ("service-desc", JsonAnswer.Json, "/openapi/v1.json", "The HTTP contract, in OpenAPI 3.1"),
        ("conformance", JsonAnswer.Json, "/conformance", "The standards that the registry conforms to"),
        ("data", JsonAnswer.Json, "/collections", "The collections of features"),
    ];

    /// <summary>Answers the request.</summary>
    public static Task Answer(HttpContext context)
    {
        if (FormatParameter.Read(context.Request.QueryString, out var format, "json", "html") is { } fault)
            return fault.ToProblem().ExecuteAsync(context);
        context.Response.Headers.Vary = HeaderNames.Accept;
        return (format is null && PrefersHtml(context.Request)) || format == "html" ? WriteHtml(context) : WriteJson(context);
    }

    /// <summary>Whether the caller ranks HTML above JSON. Who names neither, as curl does, gets JSON.</summary>
    private static bool PrefersHtml(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return false;
        return Rank(accepted, "text/html") > Rank(accepted, JsonAnswer.Json);
    }

    private static double Rank(IList<MediaTypeHeaderValue> accepted, string mediaType) =>
        accepted.Where(type => type.MediaType == mediaType).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();

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

    private static Task WriteHtml(HttpContext context)
    {
        // The address comes from the caller's own header Host.
        var page = Encoding.UTF8.GetBytes(Page.Replace(AddressMark, WebUtility.HtmlEncode(Links.Base(context.Request)), StringComparison.Ordinal));
        context.Response.ContentType = Html;
        context.Response.ContentLength = page.Length;
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.BodyWriter.WriteAsync(page).AsTask();
    }

    private static string ReadPage()
    {
        using var stream = typeof(LandingPage).Assembly.GetManifestResourceStream("Registry.Gateway.Documentation.landing.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
