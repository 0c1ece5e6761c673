using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Registry.Hosting;

/// <summary>Headers that keep a browser from making more of an answer than it is.</summary>
public static class SafeAnswers
{
    // The dashboard's own script, style, fonts and pictures; its charts set styles of elements. It asks nobody but this server, and no
    // other page shows it in a frame, where a click could be led astray.
    private const string DashboardPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Every answer is of the type that it says.</summary>
    public static void Secure(HttpResponse response) => response.Headers.XContentTypeOptions = "nosniff";

    /// <summary><see cref="Secure"/> for every answer of a web server.</summary>
    public static void UseSafeAnswers(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        Secure(context.Response);
        return next(context);
    });

    /// <summary>The dashboard's pages may load what they are made of, and be shown in no frame.</summary>
    /// <param name="app">The web server.</param>
    /// <param name="path">Where the dashboard begins.</param>
    public static void UseSafeDashboard(this IApplicationBuilder app, PathString path) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(path), dashboard => dashboard.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = DashboardPolicy;
            return next(context);
        }));
}
