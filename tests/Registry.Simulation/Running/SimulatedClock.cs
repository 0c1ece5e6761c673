namespace Registry.Simulation.Running;

/// <summary>The clock of a run. It moves by a microsecond a step, and leaps to what happens next when nothing else can run.</summary>
internal sealed class SimulatedClock(Simulator simulator) : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    /// <summary>Time since the beginning of the run, in ticks.</summary>
    public long Ticks { get; private set; }

    /// <summary>Time since the beginning of the run.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Ticks);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(Ticks);

    /// <inheritdoc/>
    public override long GetTimestamp() => Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(simulator, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>A step passed.</summary>
    public void Tick() => Ticks += TimeSpan.TicksPerMicrosecond;

    /// <summary>Leaps ahead; never back.</summary>
    public void AdvanceTo(long ticks) => Ticks = Math.Max(Ticks, ticks);

    private sealed class Timer(Simulator simulator, TimerCallback callback, object? state) : ITimer
    {
        private Later? _due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due?.Cancel();
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : simulator.After(dueTime, "a timer is due", () =>
            {
                callback(state);
                if (period > TimeSpan.Zero)
                    Change(period, period);
            });
            return true;
        }

        public void Dispose() => _due?.Cancel();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
