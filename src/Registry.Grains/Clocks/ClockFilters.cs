using Registry.Actors.Hosting;

namespace Registry.Grains.Clocks;

/// <summary>Has every call say how far the clock of its sender is ahead.</summary>
/// <param name="clock">The clock of this process.</param>
internal sealed class SendingClock(DevelopmentClock clock) : IOutgoingGrainCallFilter
{
    /// <summary>The name under which it travels, in ticks. A process that does not know it passes it on and heeds it not.</summary>
    internal const string Key = "registry-clock-ahead";

    /// <inheritdoc/>
    /// <remarks>Also what a grain sends while it answers: its own clock may have gone on since it was asked.</remarks>
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (clock.Ahead.Ticks is var ahead and > 0)
            RequestContext.Set(Key, ahead);
        return context.Invoke();
    }
}

/// <summary>Has the clock of this process keep up with those of who call its grains.</summary>
/// <param name="clock">The clock of this process.</param>
internal sealed class HeedingClock(DevelopmentClock clock) : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (RequestContext.Get(SendingClock.Key) is long ahead)
            clock.KeepUpWith(new TimeSpan(ahead));
        return context.Invoke();
    }
}
