using Registry.Core;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Imports;

/// <summary>One import: what was asked, how far it is, what was refused. Safe for one writer and many readers.</summary>
/// <param name="keys">Its idempotency keys.</param>
/// <param name="order">What was asked.</param>
/// <param name="caller">Who asked.</param>
/// <param name="begunAt">When.</param>
internal sealed class ImportJob(ImportKeys keys, ImportOrder order, Caller caller, DateTimeOffset begunAt)
{
    /// <summary>The most refusals that are kept with their reasons; beyond them they are counted.</summary>
    public const int MostRefusals = 1_000;

    private readonly Lock _gate = new();
    private readonly List<ImportRefusal> _refusals = [];
    private readonly SortedSet<string> _unread = new(StringComparer.Ordinal);
    private ImportProgress _progress = new(0, ImportState.Waiting, null, 0, 0, 0, 0, null, null);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its id.</summary>
    public string Id => keys.JobId;

    /// <summary>Its idempotency keys.</summary>
    public ImportKeys Keys => keys;

    /// <summary>What was asked.</summary>
    public ImportOrder Order => order;

    /// <summary>Who asked.</summary>
    public Caller Caller => caller;

    /// <summary>When it was taken.</summary>
    public DateTimeOffset BegunAt => begunAt;

    /// <summary>How far it is.</summary>
    public ImportProgress Progress
    {
        get
        {
            lock (_gate)
                return _progress;
        }
    }

    /// <summary>How far it is, with what was refused and which properties were not read.</summary>
    public (ImportProgress Progress, IReadOnlyList<ImportRefusal> Refusals, IReadOnlyList<string> Unread) Whole()
    {
        lock (_gate)
            return (_progress, [.. _refusals], [.. _unread]);
    }

    /// <summary>Waits until the job is further than somebody has seen.</summary>
    /// <param name="seen">The <see cref="ImportProgress.Step"/> that was seen.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<ImportProgress> After(long seen, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_progress.Step > seen || _progress.State.IsEnded())
                    return _progress;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>The job begins, with as many features as the file turned out to have.</summary>
    public void Begin(long total) => Change(progress => progress with { State = ImportState.Running, Total = total });

    /// <summary>A feature was registered.</summary>
    /// <param name="isRepeat">Whether an earlier import under the same key had registered it.</param>
    public void Registered(bool isRepeat) => Change(progress => progress with
    {
        Done = progress.Done + 1,
        Registered = progress.Registered + 1,
        Repeated = progress.Repeated + (isRepeat ? 1 : 0),
    });

    /// <summary>All features were registered at once.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isRepeat">Whether an earlier import under the same key had registered them.</param>
    public void RegisteredAll(long count, bool isRepeat) => Change(progress => progress with
    {
        Done = count,
        Registered = count,
        Repeated = isRepeat ? count : 0,
    });

    /// <summary>A feature was refused.</summary>
    public void Refuse(ImportRefusal refusal) => Change(progress =>
    {
        if (_refusals.Count < MostRefusals)
            _refusals.Add(refusal);
        return progress with { Done = progress.Done + 1, Refused = progress.Refused + 1 };
    });

    /// <summary>Notes properties of the file that have no meaning here.</summary>
    public void NoteUnread(IEnumerable<string> names)
    {
        const int most = 100;
        lock (_gate)
        {
            foreach (var name in names)
            {
                if (_unread.Count < most)
                    _unread.Add(name);
            }
        }
    }

    /// <summary>The job is over.</summary>
    /// <param name="state">How.</param>
    /// <param name="at">When.</param>
    /// <param name="problem">Why, when not everything went as asked.</param>
    public void End(ImportState state, DateTimeOffset at, Problem? problem) =>
        Change(progress => progress with { State = state, EndedAt = at, Problem = problem });

    private void Change(Func<ImportProgress, ImportProgress> change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _progress = change(_progress) with { Step = _progress.Step + 1 };
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}

/// <summary>How far an import is.</summary>
/// <param name="Step">Grows with every change.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Total">How many features the file has; null until it was read.</param>
/// <param name="Done">How many were registered or refused.</param>
/// <param name="Registered">How many are registered.</param>
/// <param name="Repeated">How many of those an earlier import under the same key had registered.</param>
/// <param name="Refused">How many were refused.</param>
/// <param name="EndedAt">When it was over; null before.</param>
/// <param name="Problem">Why the whole was refused, or failed; null otherwise.</param>
internal sealed record ImportProgress(
    long Step, ImportState State, long? Total, long Done, long Registered, long Repeated, long Refused, DateTimeOffset? EndedAt, Problem? Problem);

/// <summary>A feature that was refused.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
/// <param name="FeatureId">What the file calls it; null where it has no name.</param>
/// <param name="Problem">What a POST of it would have been answered; pointers are relative to the feature.</param>
internal sealed record ImportRefusal(long Index, string? FeatureId, Problem Problem)
{
    /// <summary>The place in the feature; empty for the whole.</summary>
    public string Pointer => Problem.Errors.Count > 0 ? Problem.Errors[0].Pointer : "";
}

/// <summary>What an import is doing.</summary>
internal enum ImportState
{
    /// <summary>It waits for others, or the file is being read for the first time.</summary>
    Waiting,

    /// <summary>Features are being registered.</summary>
    Running,

    /// <summary>Every feature was registered or refused.</summary>
    Done,

    /// <summary>Nothing was registered: the file as a whole was refused.</summary>
    Refused,

    /// <summary>It stopped in the middle, by no fault of the file; sent again under the same key it goes on.</summary>
    Failed,
}

/// <summary>What follows from the state of an import.</summary>
internal static class ImportStates
{
    /// <summary>Whether nothing more will happen.</summary>
    public static bool IsEnded(this ImportState state) => state is ImportState.Done or ImportState.Refused or ImportState.Failed;
}
