namespace Registry.Actors.Hosting;

#pragma warning disable RS0030 // This is what gives actors their turns on the pool's threads; actors themselves stay off it.

/// <summary>
/// Runs the tasks of one actor one after another, in the order in which they came. A task that finds the actor idle runs at once
/// on the thread that brought it: a question that a sheet answers from memory then costs no change of threads.
/// </summary>
internal sealed class ActorScheduler : TaskScheduler, IThreadPoolWorkItem
{
    // An actor that runs on its caller's thread may call another in its turn; beyond this the pool takes over, so that no chain of
    // calls exhausts the stack.
    private const int MostNested = 8;

    // A busy actor gives its thread back now and then.
    private const int MostInARow = 64;

    [ThreadStatic]
    private static int _nested;

    private readonly Queue<Task> _waiting = new();
    private bool _isRunning;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs what waits, on a thread of the pool.</summary>
    public void Execute()
    {
        for (var done = 0; done < MostInARow; done++)
        {
            Task? next;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _isRunning = false;
                    return;
                }
            }

            TryExecuteTask(next);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Takes the actor's turn for this thread, if it is idle. To be given back by <see cref="Leave"/>, without an await between.</summary>
    public bool TryEnter()
    {
        lock (_waiting)
        {
            if (_isRunning)
                return false;
            return _isRunning = true;
        }
    }

    /// <summary>Gives the turn back.</summary>
    public void Leave() => HandOver();

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        lock (_waiting)
        {
            // A thread with a context takes what follows an await back into that context, out of the actor's turn.
            var mayRunHere = !_isRunning && _nested < MostNested && SynchronizationContext.Current is null;
            if (!mayRunHere)
                _waiting.Enqueue(task);
            if (_isRunning)
                return;
            _isRunning = true;
            if (!mayRunHere)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }

        _nested++;
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            _nested--;
            HandOver();
        }
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_waiting)
            return [.. _waiting];
    }

    private void HandOver()
    {
        lock (_waiting)
        {
            _isRunning = _waiting.Count > 0;
            if (_isRunning)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
