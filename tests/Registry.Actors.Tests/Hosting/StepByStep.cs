namespace Registry.Actors.Tests.Hosting;

/// <summary>Runs the turns of one actor when the test says so, one after another in the order in which they came.</summary>
public sealed class StepByStep : TaskScheduler
{
    private readonly Queue<Task> _waiting = new();

    /// <summary>Posts a message.</summary>
    public Task<T> Post<T>(Func<Task<T>> message) =>
        Task.Factory.StartNew(message, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Runs one turn.</summary>
    /// <returns>False when none waits.</returns>
    public bool Step()
    {
        // What follows an await goes to the test's context before it goes to a scheduler.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return _waiting.TryDequeue(out var next) && TryExecuteTask(next);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Runs turns until something has ended.</summary>
    /// <returns>How many.</returns>
    public int StepsUntil(Task ended)
    {
        var steps = 0;
        for (; !ended.IsCompleted; steps++)
            Assert.True(Step(), "Nothing is left to do.");
        return steps;
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _waiting.Enqueue(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _waiting;
}
