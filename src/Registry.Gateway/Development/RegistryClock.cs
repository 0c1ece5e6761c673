namespace Registry.Gateway.Development;

/// <summary>The registry's clock in development: the machine's, moved forward by as much as was asked for. It never goes back.</summary>
/// <param name="machine">The machine's clock. Timers and timestamps stay with it.</param>
internal sealed class RegistryClock(TimeProvider machine) : TimeProvider
{
    private long _aheadTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow().AddTicks(Volatile.Read(ref _aheadTicks));

    /// <summary>Moves the clock forward.</summary>
    /// <param name="now">What it is to show.</param>
    /// <returns>False, with nothing changed, when that is before what it shows.</returns>
    public bool TryMoveTo(DateTimeOffset now)
    {
        while (true)
        {
            var before = Volatile.Read(ref _aheadTicks);
            var ahead = (now - machine.GetUtcNow()).Ticks;
            if (ahead < before)
                return false;
            if (Interlocked.CompareExchange(ref _aheadTicks, ahead, before) == before)
                return true;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
