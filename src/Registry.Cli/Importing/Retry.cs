namespace Registry.Cli.Importing;

/// <summary>How often, and after how long, a request is sent again. Each time it carries the same idempotency key, which makes it safe.</summary>
internal static class Retry
{
    /// <summary>The most times that a request is sent: it is given up after about eight seconds of waiting.</summary>
    public const int MostAttempts = 6;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait before the next attempt: twice as long each time, or what the registry asks for if that is longer.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="asked">The answer's <c>Retry-After</c>; null when there was none.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? asked)
    {
        var delay = First * (1 << (attempt - 1));
        if (asked > delay)
            delay = asked.Value;
        return delay < Longest ? delay : Longest;
    }
}
