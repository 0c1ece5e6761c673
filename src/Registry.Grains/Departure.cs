namespace Registry.Grains;

/// <summary>
/// Has the activation of an object that there is none of go at once, not after Orleans's 15 minutes: otherwise questions for ids that
/// somebody makes up, and applications that are refused, would fill the memory.
/// </summary>
/// <param name="grain">The activation's grain.</param>
/// <param name="isEmpty">Whether there is still no object.</param>
internal sealed class Departure(IGrainBase grain, Func<bool> isEmpty)
{
    // Calls that wait when an activation goes are passed on to the next one, twice at most. So it goes behind those that wait by now, and
    // many who ask for the same id at once are answered by few activations.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private IGrainTimer? _timer;

    /// <summary>To be called in the grain's turn, each time that it finds itself empty.</summary>
    public void Plan() => _timer ??= grain.RegisterGrainTimer(Go, new GrainTimerCreationOptions(Pause, Timeout.InfiniteTimeSpan));

    private Task Go(CancellationToken token)
    {
        _timer?.Dispose();
        _timer = null;
        if (isEmpty())
            grain.DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
