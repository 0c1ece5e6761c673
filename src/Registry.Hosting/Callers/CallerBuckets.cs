using System.Threading.RateLimiting;

namespace Registry.Hosting.Callers;

/// <summary>A bucket of tokens for each place of callers (<see cref="CallerAddress"/>), made when the place is first used.</summary>
/// <remarks>
/// The buckets are the framework's; its partitioned limiter, which has one lock for all partitions and allocates for each request, is not used:
/// it cost 7 % of the CPU time of a query by point.
/// </remarks>
/// <param name="most">The tokens of a full bucket.</param>
/// <param name="tokens">The tokens that come back.</param>
/// <param name="period">In which time they do.</param>
public sealed class CallerBuckets(int most, int tokens, TimeSpan period)
{
    private readonly TokenBucketRateLimiter?[] _buckets = new TokenBucketRateLimiter?[CallerAddress.Places];

    private readonly TokenBucketRateLimiterOptions _options = new()
    {
        TokenLimit = most,
        TokensPerPeriod = tokens,
        ReplenishmentPeriod = period,
        AutoReplenishment = false,
        QueueLimit = 0,
    };

    /// <summary>Takes a token.</summary>
    /// <param name="place">Whose.</param>
    /// <returns>Whether there was one, and when there is one again.</returns>
    public RateLimitLease Take(int place)
    {
        var bucket = Of(place);
        var lease = bucket.AttemptAcquire();
        // Tokens come back when they are missed: a full bucket needs no timer.
        return lease.IsAcquired || !bucket.TryReplenish() ? lease : bucket.AttemptAcquire();
    }

    /// <summary>Takes nothing.</summary>
    /// <param name="place">Whose.</param>
    /// <returns>Null where there is a token; where there is none, when there is one again.</returns>
    public RateLimitLease? Refusal(int place)
    {
        var bucket = Of(place);
        return IsLeft() || (bucket.TryReplenish() && IsLeft()) ? null : bucket.AttemptAcquire();

        bool IsLeft() => bucket.GetStatistics() is { CurrentAvailablePermits: > 0 };
    }

    private TokenBucketRateLimiter Of(int place)
    {
        if (Volatile.Read(ref _buckets[place]) is { } known)
            return known;
        var made = new TokenBucketRateLimiter(_options);
        return Interlocked.CompareExchange(ref _buckets[place], made, null) ?? made;
    }
}
