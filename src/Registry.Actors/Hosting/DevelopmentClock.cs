namespace Registry.Actors.Hosting;

/// <summary>
/// The registry's clock in development: the machine's, moved forward by as much as was asked for. It never goes back.
/// </summary>
/// <remarks>
/// Each process of a cluster has one. On one machine, where alone a cluster in development runs, how far they are ahead says it all, and
/// they keep up as logical clocks do (L. Lamport, Time, Clocks, and the Ordering of Events in a Distributed System, 1978): every message
/// says how far the sender's is ahead, and the receiver's is moved to at least there.
/// </remarks>
/// <param name="machine">The machine's clock. Timers and timestamps stay with it.</param>
public sealed class DevelopmentClock(TimeProvider machine) : TimeProvider
{
    private long _aheadTicks;

    /// <summary>How far it is ahead of the machine's clock; never less than before.</summary>
    public TimeSpan Ahead => new(Volatile.Read(ref _aheadTicks));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Ahead;

    /// <summary>Moves the clock forward.</summary>
    /// <param name="now">What it is to show.</param>
    /// <returns>False, with nothing changed, when that is before what it shows.</returns>
    public bool TryMoveTo(DateTimeOffset now) => TryMove(now - machine.GetUtcNow());

    /// <summary>Moves the clock so that it is ahead of the machine's by at least as much as another one was.</summary>
    /// <param name="ahead">How far the other one was ahead.</param>
    public void KeepUpWith(TimeSpan ahead) => TryMove(ahead);

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    private bool TryMove(TimeSpan ahead)
    {
        while (true)
        {
            var before = Volatile.Read(ref _aheadTicks);
            if (ahead.Ticks < before)
                return false;
            if (Interlocked.CompareExchange(ref _aheadTicks, ahead.Ticks, before) == before)
                return true;
        }
    }
}
