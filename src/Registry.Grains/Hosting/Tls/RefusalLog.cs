using System.Net;
using Microsoft.Extensions.Logging;

namespace Registry.Grains.Hosting.Tls;

/// <summary>Tells of connections that were refused: one line in ten seconds at most, however many there are.</summary>
/// <param name="log">Where it is told.</param>
/// <param name="peer">The name that a certificate must have to be let in.</param>
internal sealed class RefusalLog(ILogger log, string peer)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private long _untold;
    private long _next = long.MinValue;

    /// <summary>A connection was refused.</summary>
    /// <param name="from">Where it came from.</param>
    public void Tell(EndPoint? from)
    {
        Interlocked.Increment(ref _untold);
        var (now, next) = (Environment.TickCount64, Interlocked.Read(ref _next));
        if (now < next || Interlocked.CompareExchange(ref _next, now + (long)Period.TotalMilliseconds, next) != next)
            return;
        log.LogWarning(
            "{Count} connections were refused since the last such line, the newest from {From}: no valid certificate for {Peer}.",
            Interlocked.Exchange(ref _untold, 0), from, peer);
    }
}
