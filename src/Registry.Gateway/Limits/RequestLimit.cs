using System.Threading.RateLimiting;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Limits;

/// <summary>Limits how many requests one caller sends: a bucket of tokens for each key, and for each address where there is no key.</summary>
/// <remarks>
/// Each gateway counts what it is asked itself, so a cluster of n takes up to n times as much; no request waits for a count elsewhere.
/// A bucket that is full and was not asked for ten seconds is dropped.
/// </remarks>
internal static partial class RequestLimit
{
    public static void AddRequestLimit(this WebApplicationBuilder builder, LimitSettings settings)
    {
        if (!settings.Enabled)
            return;
        var ofKey = Bucket(settings.RequestsPerKey, settings.BurstSeconds);
        var ofAddress = Bucket(settings.RequestsPerAddress, settings.BurstSeconds);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, WhoAsks>(context =>
            {
                var who = WhoAsks.Of(context);
                return RateLimitPartition.GetTokenBucketLimiter(who, who.Key is null ? _ => ofAddress : _ => ofKey);
            });
            limiter.OnRejected = static (rejected, _) => new ValueTask(Refuse(rejected.HttpContext, rejected.Lease));
        });
    }

    /// <summary>Counts. To be used once it is known whom a key stands for, and before anything is done.</summary>
    public static void UseRequestLimit(this WebApplication app)
    {
        if (app.Services.GetRequiredService<LimitSettings>().Enabled)
            app.UseRateLimiter();
    }

    /// <summary>Answers that a caller asks too much.</summary>
    /// <param name="context">The request.</param>
    /// <param name="lease">Says when to ask again.</param>
    public static Task Refuse(HttpContext context, RateLimitLease lease)
    {
        WarnOfProxy(context);
        return TooMany("The caller has sent more requests than it may.", lease).ExecuteAsync(context);
    }

    /// <summary>The problem of one who asks too much.</summary>
    /// <param name="detail">Of what it was too much.</param>
    /// <param name="lease">Says when to ask again; in a second where it does not.</param>
    public static Problem TooMany(string detail, RateLimitLease lease) => new(ProblemType.TooManyRequests, detail)
    {
        RetryAfterSeconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1,
    };

    private static TokenBucketRateLimiterOptions Bucket(int perSecond, int seconds) => new()
    {
        TokenLimit = perSecond * seconds,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        AutoReplenishment = false,
        QueueLimit = 0,
    };

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
