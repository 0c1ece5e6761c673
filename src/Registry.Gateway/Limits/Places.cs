using System.Threading.RateLimiting;

namespace Registry.Gateway.Limits;

/// <summary>A number of places, of which each caller may have some at once: for what lasts, such as an upload or a stream of events.</summary>
/// <param name="most">How many there are.</param>
/// <param name="mostOfCaller">How many of them one caller may have.</param>
internal abstract class Places(int most, int mostOfCaller) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _places = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, WhoAsks>(context =>
            RateLimitPartition.GetConcurrencyLimiter(WhoAsks.Of(context), _ => Options(mostOfCaller))),
        PartitionedRateLimiter.Create<HttpContext, bool>(_ => RateLimitPartition.GetConcurrencyLimiter(true, _ => Options(most))));

    /// <summary>How many there are.</summary>
    public int Most => most;

    /// <summary>How many of them one caller may have.</summary>
    public int MostOfCaller => mostOfCaller;

    /// <summary>Takes a place for whoever sent a request.</summary>
    /// <returns>The place, if one was to be had; to be disposed when it is not needed any more.</returns>
    public RateLimitLease Take(HttpContext context) => _places.AttemptAcquire(context);

    /// <summary>How many places whoever sent a request could take now.</summary>
    public long Left(HttpContext context) => _places.GetStatistics(context)?.CurrentAvailablePermits ?? MostOfCaller;

    public void Dispose() => _places.Dispose();

    private static ConcurrencyLimiterOptions Options(int permits) => new() { PermitLimit = permits, QueueLimit = 0 };
}

/// <summary>Places for files that are taken in, from the first byte of each to its acceptance.</summary>
internal sealed class UploadPlaces(LimitSettings settings) : Places(settings.Uploads, settings.UploadsPerCaller);

/// <summary>Places for streams of server-sent events.</summary>
internal sealed class StreamPlaces(LimitSettings settings) : Places(settings.Streams, settings.StreamsPerCaller);
