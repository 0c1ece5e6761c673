using Microsoft.Net.Http.Headers;
using Registry.Gateway.Answers;
using Registry.Gateway.Compression;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Map;

/// <summary>The map: its page, which <c>/</c> answers to browsers, and the files that the page loads.</summary>
internal static class MapRoutes
{
    // The map loads and asks nothing but this registry. Its worker is a file of its own; its style sheets have small pictures in them.
    private const string Policy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
        + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string ForEver = "public, max-age=31536000, immutable";

    /// <summary>Maps the files.</summary>
    public static void MapTheMap(this IEndpointRouteBuilder routes) => routes.MapRead("/map/{name}", Asset);

    /// <summary>Registers them.</summary>
    public static void AddMap(this IServiceCollection services) =>
        services.AddSingleton(new MapFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "page")));

    /// <summary>Answers with the page. A registry that is reached under a path needs the slash at its end, since the page's links are relative.</summary>
    public static Task AnswerPage(HttpContext context, MapFile page)
    {
        var request = context.Request;
        if (request.PathBase.HasValue && !request.Path.HasValue)
        {
            context.Response.Redirect(Links.Location(request, "/"));
            return Task.CompletedTask;
        }

        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Vary = Vary.ByFormat;
        return Answer(context, page).ExecuteAsync(context);
    }

    private static IResult Asset(string name, HttpContext context, MapFiles files)
    {
        if (files.Find(name) is not { } file)
            return new Problem(ProblemType.NotFound, "The map has no such file.");
        context.Response.Headers.CacheControl = ForEver;
        context.Response.Headers.Vary = Vary.ByEncoding;
        return Answer(context, file);
    }

    private static IResult Answer(HttpContext context, MapFile file)
    {
        if (file.Brotli is not { } brotli || !KeptCoding.IsWanted(context.Request.Headers.AcceptEncoding, KeptCoding.Brotli))
            return Results.Bytes(file.Bytes, file.ContentType, entityTag: new EntityTagHeaderValue(file.Tag));
        context.Response.Headers.ContentEncoding = KeptCoding.Brotli;
        return Results.Bytes(brotli, file.ContentType, entityTag: new EntityTagHeaderValue(CodedTags.Of(file.Tag, KeptCoding.Brotli)));
    }
}
