using System.Threading.RateLimiting;
using Registry.Gateway.Limits;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Costs;

/// <summary>Gives turns to costly questions: so many at once for each caller, and so many altogether.</summary>
public sealed class CostlyTurns : IDisposable
{
    private const int RetryAfterSeconds = 5;
    private const int WaitingAltogether = 16;

    // Who has waited so long is better told than kept: on a busy machine a full line of long answers would take minutes.
    private static readonly TimeSpan s_mostWait = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _mostWait;
    private readonly Dictionary<CostlyKind, PartitionedRateLimiter<HttpContext>> _limiters;

    /// <summary>Nobody has a turn yet.</summary>
    public CostlyTurns()
        : this(s_mostWait)
    {
    }

    /// <summary>Nobody has a turn yet.</summary>
    /// <param name="mostWait">How long a request waits in line at most.</param>
    internal CostlyTurns(TimeSpan mostWait)
    {
        _mostWait = mostWait;
        CostMeter.Begin();
        _limiters = CostlyKind.All.ToDictionary(kind => kind, LimiterOf);
    }

    /// <summary>Waits for a turn that lasts until the request has been answered.</summary>
    /// <inheritdoc cref="Take"/>
    public async ValueTask Hold(HttpContext context, CostlyKind kind) => context.Response.RegisterForDispose(await Take(context, kind));

    /// <summary>Waits for a turn, which ends when it is disposed of.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="kind">What kind of question it is.</param>
    /// <exception cref="OperationCanceledException">The client left while it waited.</exception>
    /// <exception cref="Exception">A <c>ProblemException</c>: the line is full, or did not move on in time.</exception>
    public async ValueTask<IDisposable> Take(HttpContext context, CostlyKind kind) => await TryTake(context, kind)
        ?? throw new ProblemException(new Problem(
            ProblemType.TooManyAtOnce, $"As many costly requests of yours, or of all, are under way and waiting as there may be ({kind.Name}).")
        {
            RetryAfterSeconds = RetryAfterSeconds,
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var limiter in _limiters.Values)
            limiter.Dispose();
    }

    // Null where the line is full, or did not move on in time.
    private async ValueTask<IDisposable?> TryTake(HttpContext context, CostlyKind kind)
    {
        // Most find their turn free, and need no clock.
        var lease = _limiters[kind].AttemptAcquire(context);
        if (!lease.IsAcquired)
        {
            lease.Dispose();
            lease = await Wait(context, kind);
        }

        if (lease is { IsAcquired: true })
        {
            CostMeter.UnderWay(kind, 1);
            return new Turn(kind, lease);
        }

        lease?.Dispose();
        CostMeter.Refused(kind);
        return null;
    }

    private async ValueTask<RateLimitLease?> Wait(HttpContext context, CostlyKind kind)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(_mostWait);
        try
        {
            return await _limiters[kind].AcquireAsync(context, permitCount: 1, late.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private static PartitionedRateLimiter<HttpContext> LimiterOf(CostlyKind kind)
    {
        var ofCaller = PartitionedRateLimiter.Create<HttpContext, WhoAsks>(context =>
            RateLimitPartition.GetConcurrencyLimiter(WhoAsks.Of(context), _ => Bound(kind.MostOfCaller, kind.Waiting)));
        var ofAll = PartitionedRateLimiter.Create<HttpContext, int>(_ =>
            RateLimitPartition.GetConcurrencyLimiter(0, _ => Bound(kind.Most, kind.Waiting * WaitingAltogether)));
        // The caller's own bound first: who waits for that stands in nobody's way.
        return PartitionedRateLimiter.CreateChained(ofCaller, ofAll);
    }

    private static ConcurrencyLimiterOptions Bound(int most, int waiting) =>
        new() { PermitLimit = most, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };

    private sealed class Turn(CostlyKind kind, RateLimitLease lease) : IDisposable
    {
        private RateLimitLease? _lease = lease;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _lease, null) is not { } held)
                return;
            CostMeter.UnderWay(kind, -1);
            held.Dispose();
        }
    }
}
