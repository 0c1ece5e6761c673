using Registry.Gateway.Answers;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Hosting;

/// <summary>Sets the address with which links begin: that of <c>Registry__PublicUrl</c>, or, without it, the one that each request names.</summary>
internal static class PublicAddressSetup
{
    /// <summary>
    /// Refuses requests whose host cannot be one, since links are made of it, and lets links begin with the public address where it is set.
    /// A path that the public address has may be there or be taken off by a proxy before.
    /// </summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        if (app.Services.GetRequiredService<RegistrySettings>().PublicUrl is { } url)
        {
            var address = new PublicAddress(url.AbsoluteUri.TrimEnd('/'));
            if (url.AbsolutePath.TrimEnd('/') is { Length: > 0 } path)
                app.UsePathBase(path);
            app.Use((context, next) =>
            {
                context.Features.Set(address);
                return next(context);
            });
            return;
        }

        // Nearly every request names the host that the one before it named.
        var known = "";
        app.Use((context, next) =>
        {
            var host = context.Request.Host.Value ?? "";
            if (host == Volatile.Read(ref known))
                return next(context);
            if (IsPossible(host))
                Volatile.Write(ref known, host);
            else if (!IsProbe(context.Request, host))
                return Problem.Malformed("Host", "The header Host names no host, and links would be made of it.").ExecuteAsync(context);
            return next(context);
        });
    }

    private static bool IsPossible(string host) =>
        host.Length > 0 && Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri)
        && uri is { AbsolutePath: "/", UserInfo: "", Query: "", Fragment: "", HostNameType: not UriHostNameType.Unknown };

    // HTTP/1.0 has no Host, and balancers ask for health by it.
    private static bool IsProbe(HttpRequest request, string host) => host.Length == 0 && request.Path.StartsWithSegments("/healthz");
}
