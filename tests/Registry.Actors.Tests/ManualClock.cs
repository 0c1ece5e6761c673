namespace Registry.Actors.Tests;

/// <summary>A clock that stands still until it is moved. Timers are the system's: no test here waits for one.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void MoveBy(TimeSpan span) => _now += span;
}
