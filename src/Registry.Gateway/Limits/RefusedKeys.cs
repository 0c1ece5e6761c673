using System.Threading.RateLimiting;

namespace Registry.Gateway.Limits;

/// <summary>Limits how many keys that are not in force one address may try: each costs a look into the journal.</summary>
/// <remarks>A key that was in force when this process last saw it is let past: whoever has one is not kept out by a neighbour who guesses.</remarks>
internal sealed class RefusedKeys(LimitSettings settings) : IDisposable
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> _left = PartitionedRateLimiter.Create<HttpContext, int>(context =>
    {
        var place = CallerAddress.PlaceOf(context.Connection.RemoteIpAddress);
        return settings.Enabled
            ? RateLimitPartition.GetTokenBucketLimiter(place, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = settings.RefusedKeysPerAddress,
                TokensPerPeriod = settings.RefusedKeysPerAddress,
                ReplenishmentPeriod = s_minute,
                AutoReplenishment = false,
                QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter(place);
    });

    /// <summary>Whether the address of a request may try another key.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Whether it may, and when it may again; to be disposed.</returns>
    /// <remarks>Nothing is counted where one is left; where none is, one is asked for, which is refused and tells how long to wait.</remarks>
    public RateLimitLease MayTry(HttpContext context) =>
        _left.AttemptAcquire(context, _left.GetStatistics(context) is { CurrentAvailablePermits: < 1 } ? 1 : 0);

    /// <summary>Counts a key that was not in force.</summary>
    public void Count(HttpContext context) => _left.AttemptAcquire(context).Dispose();

    public void Dispose() => _left.Dispose();
}
