namespace Registry.Simulation.Running;

/// <summary>
/// The scheduler of one activation: each message and each continuation becomes a step in the simulator's pool. When the
/// activation crashes, its steps never run.
/// </summary>
internal sealed class ActivationScheduler(Simulator simulator, string name, int number) : TaskScheduler
{
    private bool _isDead;

    /// <summary>Whose it is.</summary>
    public string Name => name;

    /// <summary>A number that is unique within the run.</summary>
    public int Number => number;

    /// <summary>Crashes: nothing queued here runs any more.</summary>
    public void Kill() => _isDead = true;

    /// <summary>Starts asynchronous work whose every step is run here.</summary>
    public void Start(Func<Task> work) => new Task(() => Watch(work())).Start(this);

    /// <summary>Runs one step.</summary>
    public void Run(Task task)
    {
        if (!_isDead)
            TryExecuteTask(task);
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (!_isDead)
            simulator.Enqueue(this, task);
    }

    /// <inheritdoc/>
    /// <remarks>Never inline: each continuation is a step whose order the seed picks.</remarks>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private async void Watch(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception fault)
        {
            simulator.Broken.Add($"{name} failed: {fault}");
        }
    }
}
