using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Registry.Hosting.Callers;

/// <summary>
/// Logs keys that were refused, with the address that sent them and never with the key, so that an operator sees who tries them. Whoever
/// tries many cannot fill the log: beyond a burst of <see cref="Burst"/>, one line a second is written, which counts those left out.
/// </summary>
public sealed class RefusedKeyLog(ILogger<RefusedKeyLog> logger) : IDisposable
{
    /// <summary>The most lines at once.</summary>
    public const int Burst = 20;

    private readonly TokenBucketRateLimiter _lines = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = Burst,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

    private long _leftOut;

    /// <summary>Notes that the key of a request was refused.</summary>
    public void Note(HttpContext context)
    {
        using var line = _lines.AttemptAcquire();
        if (!line.IsAcquired)
        {
            Interlocked.Increment(ref _leftOut);
            return;
        }

        logger.LogWarning(
            "A key that is not in force was refused; it came from {Address}. Left out of the log before this one: {LeftOut}",
            context.Connection.RemoteIpAddress, Interlocked.Exchange(ref _leftOut, 0));
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}
