using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Registry.Core;
using Registry.Hosting.Callers;

namespace Registry.Hosting.Operators;

/// <summary>
/// Keeps everybody but operators from part of a web server: by a bearer key, or, for a browser, by HTTP Basic with any user name and
/// the key as the password (RFC 7617).
/// </summary>
public static class OperatorGate
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>Guards every address under a path.</summary>
    /// <param name="app">The web server.</param>
    /// <param name="path">Where what is guarded begins.</param>
    /// <param name="find">Whom a key stands for; null when it is not in force.</param>
    public static void GuardForOperators(this IApplicationBuilder app, PathString path, Func<HttpContext, string, ValueTask<Caller?>> find) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(path), guarded => guarded.Use(async (context, next) =>
        {
            var key = KeyOf(context.Request.Headers.Authorization.ToString());
            var caller = key is null ? null : await find(context, key);
            if (caller?.Role == Role.Operator)
            {
                // Whoever looks at keys further on knows nothing of HTTP Basic.
                context.Request.Headers.Remove(HeaderNames.Authorization);
                await next(context);
                return;
            }

            if (key is not null && caller is null)
                context.RequestServices.GetRequiredService<RefusedKeyLog>().Note(context);
            context.Response.StatusCode = caller is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"operators of the registry\", charset=\"UTF-8\"";
        }));

    private static string? KeyOf(string header)
    {
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return header[Bearer.Length..].Trim();
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return null;
        var encoded = header[Basic.Length..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var count))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, count);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
