namespace Registry.Gateway.Tests.Costs;

/// <summary>Bytes that are in memory at once, and not garbage.</summary>
internal static class LiveBytes
{
    /// <summary>How many bytes more than before are live while something is done, at most: collected again and again meanwhile.</summary>
    public static async Task<long> Most(Func<Task> work)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        // Memory is sampled: nothing signals when it is at its most. Between two collections the work has time, or ends.
        var pause = TimeSpan.FromMilliseconds(20);
        var done = work();
        var most = 0L;
        do
        {
            GC.Collect();
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
            await done.WaitAsync(pause).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!done.IsCompleted);
        await done;
        return most;
    }
}
