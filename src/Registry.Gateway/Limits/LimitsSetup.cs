using Microsoft.AspNetCore.HttpOverrides;
using Registry.Gateway.Problems;
using Registry.Hosting;
using Registry.Hosting.Callers;

namespace Registry.Gateway.Limits;

/// <summary>Sets up what one caller may ask of this process, and all of them together.</summary>
internal static class LimitsSetup
{
    /// <param name="builder">The program.</param>
    /// <param name="publicUrl">The address under which the registry is known; null where requests name it.</param>
    /// <exception cref="SettingException">A setting is not among what it may be.</exception>
    public static void AddLimits(this WebApplicationBuilder builder, Uri? publicUrl)
    {
        var settings = LimitSettings.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<UploadPlaces>();
        builder.Services.AddSingleton<StreamPlaces>();
        builder.Services.AddSingleton(new RefusedKeys(settings.Enabled ? settings.RefusedKeysPerAddress : null));
        var rejected = new RejectedRequests(publicUrl?.AbsoluteUri.TrimEnd('/') ?? "");
        builder.WebHost.ConfigureKestrel(kestrel => ServerLimits.Set(kestrel, settings, rejected));
    }

    /// <summary>
    /// Believes what trusted proxies say of the client's address, and of the scheme, host and path under which the client knows the registry.
    /// Where there are several, each names the one before it, and the first that is not trusted is the client. To be used before anything
    /// looks at the address.
    /// </summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<LimitSettings>().TrustedProxies;
        if (proxies.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost
                | ForwardedHeaders.XForwardedPrefix,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
        // A prefix begins with one slash and does not end with one, however the proxy writes it: paths of links follow it.
        app.Use((context, next) =>
        {
            if (context.Request.PathBase is { HasValue: true, Value: var prefix })
                context.Request.PathBase = prefix.Trim('/') is { Length: > 0 } path ? $"/{path}" : PathString.Empty;
            return next(context);
        });
    }
}
