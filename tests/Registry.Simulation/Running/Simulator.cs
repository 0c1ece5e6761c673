namespace Registry.Simulation.Running;

/// <summary>
/// One thread that runs everything: a pool of tasks that could run now, and what happens later by the simulated clock. The seed
/// picks which task is next, and whether the clock overtakes those that wait.
/// </summary>
/// <remarks>What could escape (a continuation on another thread) is a failure of the run: see <see cref="Broken"/>.</remarks>
internal sealed class Simulator
{
    private readonly List<(ActivationScheduler Scheduler, Task Task)> _runnable = [];
    private readonly PriorityQueue<Later, (long At, long Order)> _later = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;
    private int _schedulers;

    /// <param name="choices">The seed's choices.</param>
    /// <param name="isTraced">Whether to keep a trace; its digest is kept always.</param>
    public Simulator(Choices choices, bool isTraced)
    {
        Choices = choices;
        Clock = new SimulatedClock(this);
        Trace = new Trace(this, isTraced);
    }

    /// <summary>The seed's choices.</summary>
    public Choices Choices { get; }

    /// <summary>The simulated clock.</summary>
    public SimulatedClock Clock { get; }

    /// <summary>What happened.</summary>
    public Trace Trace { get; }

    /// <summary>How many steps were run.</summary>
    public long Steps { get; private set; }

    /// <summary>How likely the clock overtakes tasks that could run.</summary>
    public double Overtaking { get; set; }

    /// <summary>What went wrong with the simulation itself, or with an actor in a way that no caller sees.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>A scheduler for one activation, client or clerk.</summary>
    public ActivationScheduler NewScheduler(string name) => new(this, name, ++_schedulers);

    /// <summary>Has something happen after a span of simulated time.</summary>
    public Later After(TimeSpan span, string what, Action act)
    {
        var later = new Later(Clock.Ticks + Math.Max(0, span.Ticks), what, act);
        _later.Enqueue(later, (later.At, ++_order));
        return later;
    }

    /// <summary>Ends after a span of simulated time: days or years, which a task's own delay does not reach.</summary>
    public Task Wait(TimeSpan span)
    {
        var wait = new TaskCompletionSource();
        After(span, "a timer is due", wait.SetResult);
        return wait.Task;
    }

    /// <summary>Runs until there is nothing to wait for any more.</summary>
    /// <returns>False when it did not come to that within so many steps, or came to rest before it.</returns>
    public bool RunUntil(Func<bool> isDone, long mostSteps)
    {
        // A synchronization context of the caller would draw continuations off to it.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            for (var limit = Steps + mostSteps; !isDone();)
            {
                if (Steps >= limit || Broken.Count > 0 || !Step())
                    return false;
            }

            return true;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Runs for a span of simulated time.</summary>
    public bool RunFor(TimeSpan span, long mostSteps)
    {
        var isOver = false;
        After(span, "the time is over", () => isOver = true);
        return RunUntil(() => isOver, mostSteps);
    }

    /// <summary>Takes a task into the pool. Called by schedulers.</summary>
    public void Enqueue(ActivationScheduler scheduler, Task task)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            Broken.Add($"A continuation of {scheduler.Name} left the simulation's thread.");
        else
            _runnable.Add((scheduler, task));
    }

    private bool Step()
    {
        while (_later.TryPeek(out var cancelled, out _) && cancelled.IsCancelled)
            _later.Dequeue();
        if (_runnable.Count == 0 && _later.Count == 0)
            return false;
        Steps++;
        Clock.Tick();
        if (_runnable.Count == 0 || (Overtaking > 0 && _later.Count > 0 && Choices.Happens(Overtaking)))
        {
            var later = _later.Dequeue();
            Clock.AdvanceTo(later.At);
            Trace.Step(later.What);
            later.Act();
        }
        else
        {
            var place = _runnable.Count == 1 ? 0 : Choices.Below(_runnable.Count);
            var (scheduler, task) = _runnable[place];
            _runnable[place] = _runnable[^1];
            _runnable.RemoveAt(_runnable.Count - 1);
            Trace.Step(scheduler);
            scheduler.Run(task);
        }

        return true;
    }
}

/// <summary>Something that happens later, unless it is cancelled.</summary>
/// <param name="at">When, in ticks of the simulated clock.</param>
/// <param name="what">What it is, for the trace.</param>
/// <param name="act">What happens.</param>
internal sealed class Later(long at, string what, Action act)
{
    public long At => at;

    public string What => what;

    public Action Act => act;

    public bool IsCancelled { get; private set; }

    public void Cancel() => IsCancelled = true;
}
