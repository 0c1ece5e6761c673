using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Actors.Titles;
using Registry.Simulation.Running;

namespace Registry.Simulation.Workload;

/// <summary>Has what falls due carried out, by the runner that every host has.</summary>
internal sealed class DeadlineClerk(Simulator simulator, IActors actors, IJournal journal)
{
    /// <summary>The runner's name; its attempts are told apart by it.</summary>
    public const string Name = "deadlines";

    /// <summary>The longest between two looks at what is due.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(3);

    private readonly DeadlineRunner _runner = new(Name, journal, actors, simulator.Clock);

    /// <summary>Begins; it never ends.</summary>
    public void Start() => simulator.NewScheduler(Name).Start(async () =>
    {
        for (; ; )
        {
            var wait = s_shortest;
            try
            {
                var done = await _runner.RunDue(CancellationToken.None);
                simulator.Trace.Note(() => $"{done} deadlines are dealt with");
                wait = await UntilNext();
            }
            catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException)
            {
                simulator.Trace.Note(() => $"deadlines stay due: {fault.Message}");
            }

            await simulator.Wait(wait);
        }
    });

    // Until something falls due, and not so long that a deadline set meanwhile is missed by much.
    private async Task<TimeSpan> UntilNext()
    {
        var next = await journal.DueAt(DateTimeOffset.MaxValue, 1);
        var wait = next.Count == 0 ? Longest : next[0].At - simulator.Clock.GetUtcNow();
        return wait < s_shortest ? s_shortest : wait > Longest ? Longest : wait;
    }
}
