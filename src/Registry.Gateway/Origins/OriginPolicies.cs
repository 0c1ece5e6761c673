using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using Registry.Gateway.Objects;
using Registry.Gateway.ReferenceSystems;

namespace Registry.Gateway.Origins;

/// <summary>What a page of another origin may ask, by its origin and the address (the Fetch standard, CORS protocol).</summary>
/// <remarks>
/// Never with credentials: no answer lets a browser send what it keeps of its own accord, cookies or a password, and the registry has no
/// cookies. A key is one that the page itself knows. So what a page may read it could read without a browser as well; that pages of
/// unknown origins may not write keeps a key that was lent to a map from changing anything.
/// </remarks>
internal sealed class OriginPolicies(OriginSettings origins) : ICorsPolicyProvider
{
    // The dashboard has a password that browsers keep, and the clock of development is for this machine alone.
    private static readonly string[] s_closed = ["/dashboard", "/development"];

    // Questions whose parameters are a body: they change nothing.
    private static readonly string[] s_questions = ["/cells/check", "/free-areas"];

    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] s_asking = [.. s_reading, HttpMethods.Post];
    private static readonly string[] s_changing = [HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];
    private static readonly string[] s_writing = [.. s_reading, .. s_changing];

    // What a client of the registry sends beside what a browser lets every page send.
    private static readonly string[] s_sent =
    [
        HeaderNames.Accept, HeaderNames.AcceptLanguage, HeaderNames.Authorization, HeaderNames.CacheControl, HeaderNames.ContentLanguage,
        HeaderNames.ContentType, IdempotencyKey.Header, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.IfModifiedSince,
        "Last-Event-ID", HeaderNames.Pragma, "Prefer", HeaderNames.Range, HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.XRequestedWith,
    ];

    // What a page could not read otherwise: a browser shows it Content-Type, Content-Length, Cache-Control and few more.
    private static readonly string[] s_exposed =
    [
        HeaderNames.AcceptRanges, "Accept-Patch", HeaderNames.Allow, ReferenceSystemParameter.Header, HeaderNames.ContentDisposition,
        HeaderNames.ContentEncoding, HeaderNames.ContentRange, HeaderNames.Date, HeaderNames.ETag, IdempotencyKey.ReplayedHeader, HeaderNames.Link,
        HeaderNames.Location, "OGC-NumberMatched", HeaderNames.RetryAfter, HeaderNames.Vary, HeaderNames.WWWAuthenticate,
    ];

    // Browsers ask anew after two hours at most, whatever they are told.
    private static readonly TimeSpan s_remembered = TimeSpan.FromHours(1);

    private readonly CorsPolicy _read = Policy(s_reading, origins);
    private readonly CorsPolicy _ask = Policy(s_asking, origins);
    private readonly CorsPolicy _write = Policy(s_writing, origins);

    /// <inheritdoc/>
    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName) => Task.FromResult(Of(context.Request));

    private CorsPolicy? Of(HttpRequest request)
    {
        var path = request.Path;
        if (Array.Exists(s_closed, closed => path.StartsWithSegments(closed)))
            return null;
        if (origins.Named.Contains(request.Headers.Origin.ToString()))
            return _write;
        if (Array.Exists(s_questions, question => path.Equals(question)) || IsSearch(path))
            return _ask;
        var method = MethodOf(request);
        return Array.Exists(s_changing, changing => changing == method) ? null : _read;
    }

    // Of a question about a request, the method of that request. To leave POST out of Access-Control-Allow-Methods would keep no browser from
    // sending one: the Fetch standard has it for safe, as it has GET and HEAD.
    private static string MethodOf(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.TryGetValue(HeaderNames.AccessControlRequestMethod, out var asked)
            ? asked.ToString()
            : request.Method;

    private static bool IsSearch(PathString path) =>
        path.StartsWithSegments("/collections") && path.Value!.EndsWith("/search", StringComparison.OrdinalIgnoreCase);

    private static CorsPolicy Policy(string[] methods, OriginSettings origins)
    {
        var policy = new CorsPolicyBuilder().WithMethods(methods).WithHeaders(s_sent).WithExposedHeaders(s_exposed).SetPreflightMaxAge(s_remembered);
        return (origins.AnyReads ? policy.AllowAnyOrigin() : policy.WithOrigins([.. origins.Named])).Build();
    }
}
