using Registry.Actors.Journal;

namespace Registry.Storage;

/// <summary>
/// Finds out whether the journal takes writes, for readiness: by a write that goes the way of all others and changes nothing.
/// </summary>
/// <remarks>However many ask at once, one write is on its way: whoever asks too often costs the journal no more than one who asks.</remarks>
/// <param name="journal">The journal.</param>
public sealed class JournalProbe(IJournal journal)
{
    /// <summary>How long an answer is waited for. Who asks has a limit of its own, and would take silence for a process that hangs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    // Of an object that there never is.
    private static readonly Deadline Nothing = new(new StreamId(Collection.LicenseBlocks, "healthz"), DeadlineKind.Expire, DateTimeOffset.UnixEpoch);

    private readonly Lock _gate = new();
    private Task _asked = Task.CompletedTask;

    /// <summary>Whether the journal took a write just now, within three seconds.</summary>
    public async Task<bool> TakesWrites()
    {
        try
        {
            await Ask().WaitAsync(Limit);
            return true;
        }
        catch (Exception fault) when (fault is JournalUnavailableException or TimeoutException)
        {
            return false;
        }
    }

    private Task Ask()
    {
        lock (_gate)
            return _asked.IsCompleted ? _asked = journal.Clear(Nothing) : _asked;
    }
}
