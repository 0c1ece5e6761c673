using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Registry.Gateway.Problems;
using Registry.Hosting.Callers;

namespace Registry.Gateway.Limits;

/// <summary>Limits how many requests one caller sends: a bucket of tokens for each key, and for each address where there is no key.</summary>
/// <remarks>
/// Each gateway counts what it is asked itself, so a cluster of n takes up to n times as much; no request waits for a count elsewhere.
/// Two keys share a bucket, or two addresses, with a chance of 1 in 65,536.
/// </remarks>
internal static partial class RequestLimit
{
    /// <summary>Counts. To be used once it is known whom a key stands for, and before anything is done.</summary>
    public static void UseRequestLimit(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<LimitSettings>();
        if (!settings.Enabled)
            return;
        var second = TimeSpan.FromSeconds(1);
        var ofKeys = new CallerBuckets(settings.RequestsPerKey * settings.BurstSeconds, settings.RequestsPerKey, second);
        var ofAddresses = new CallerBuckets(settings.RequestsPerAddress * settings.BurstSeconds, settings.RequestsPerAddress, second);
        app.Use((context, next) =>
        {
            var who = WhoAsks.Of(context);
            var lease = who.Key is null ? ofAddresses.Take(who.Place) : ofKeys.Take(CallerAddress.PlaceOf(who.Key));
            return lease.IsAcquired || IsExempt(context) ? next(context) : Refuse(context, lease);
        });
    }

    // Looked for last: what is exempt is asked seldom.
    private static bool IsExempt(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null;

    // Answers that a caller asks too much.
    private static Task Refuse(HttpContext context, RateLimitLease lease)
    {
        WarnOfProxy(context);
        return Problem.TooManyRequests("The caller has sent more requests than it may.", lease).ExecuteAsync(context);
    }

    // Behind a proxy that is not trusted everybody has the proxy's address, and one limit: an operator has to hear of it.
    private static void WarnOfProxy(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey("X-Forwarded-For"))
        {
            LogProxy(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestLimit).FullName!),
                context.Connection.RemoteIpAddress);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Requests were refused that {Address} has forwarded. Whoever comes through it shares one limit, unless Registry__TrustedProxies names it")]
    private static partial void LogProxy(ILogger logger, System.Net.IPAddress? address);
}
