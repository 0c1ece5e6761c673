namespace Registry.Storage.Postgres;

/// <summary>
/// How long to wait before a connection is tried again: not at all after the first failure, which may be the connection's alone,
/// then 50 ms, twice that after each further one, and a second at most.
/// </summary>
internal sealed class Backoff
{
    private const int FirstMilliseconds = 50;
    private const int MostMilliseconds = 1_000;

    private int _failures;

    /// <summary>How long to wait now.</summary>
    public TimeSpan Delay => _failures < 2
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(Math.Min(FirstMilliseconds << Math.Min(_failures - 2, 8), MostMilliseconds));

    /// <summary>It failed.</summary>
    public void Failed() => _failures++;

    /// <summary>It works.</summary>
    public void Succeeded() => _failures = 0;
}
