using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Simulation.Running;

namespace Registry.Simulation.Workload;

/// <summary>Sees to it that imports go on, as every gateway does.</summary>
internal sealed class ImportClerk(Simulator simulator, IActors actors, IJournal journal)
{
    private const int Most = 100;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);

    // A run of months could not pay for a look every few seconds.
    private static readonly TimeSpan s_idlePeriod = DeadlineClerk.Longest;

    /// <summary>Begins; it never ends.</summary>
    public void Start() => simulator.NewScheduler("imports").Start(async () =>
    {
        for (; ; )
        {
            var wait = s_period;
            try
            {
                var unfinished = await journal.Unfinished(Most);
                foreach (var id in unfinished)
                    await actors.Import(id).Progress();
                wait = unfinished.Count > 0 ? s_period : s_idlePeriod;
            }
            catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException)
            {
                simulator.Trace.Note(() => $"imports are looked after again: {fault.Message}");
            }

            await simulator.Wait(wait);
        }
    });
}
