namespace Registry.Storage;

/// <summary>Wakes those who tail a journal when something was committed.</summary>
/// <remarks>
/// A reader takes <see cref="Next"/> before it reads and awaits it after, so that no commit falls between. Readers never run on
/// the thread that raises.
/// </remarks>
internal sealed class CommitSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<bool> _next = New();
    private bool _closed;

    /// <summary>Ends with true at the next commit, or with false when the journal is closed.</summary>
    public Task<bool> Next
    {
        get
        {
            lock (_gate)
                return _next.Task;
        }
    }

    /// <summary>Whether the journal is closed.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _closed;
        }
    }

    /// <summary>Something was committed, or may have been.</summary>
    public void Raise()
    {
        TaskCompletionSource<bool> raised;
        lock (_gate)
        {
            if (_closed)
                return;
            raised = _next;
            _next = New();
        }

        raised.SetResult(true);
    }

    /// <summary>Nothing will be committed any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
        }

        _next.SetResult(false);
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
