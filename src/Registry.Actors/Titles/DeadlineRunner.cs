using System.Globalization;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Titles;

namespace Registry.Actors.Titles;

/// <summary>Carries out what falls due: the end of terms, and another look at queued applications.</summary>
/// <remarks>
/// Several may run at once, in one process or in many: the change that answers a deadline clears it in the same commit, and whoever comes
/// second is refused and clears nothing that is still needed.
/// </remarks>
/// <param name="name">This runner's name, unique among all that ever run over the journal; attempts are told apart by it.</param>
/// <param name="journal">Knows what is due.</param>
/// <param name="actors">Carry it out.</param>
/// <param name="clock">The registry's clock.</param>
public sealed class DeadlineRunner(string name, IJournal journal, IActors actors, TimeProvider clock)
{
    private const int Batch = 100;

    private long _attempts;

    /// <summary>Carries out everything that is due now, earliest first, and what falls due by that.</summary>
    /// <param name="cancellation">Stops between two deadlines.</param>
    /// <returns>How many deadlines were dealt with. Those that the registry could not decide stay due.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="ActorUnavailableException">An actor did not answer.</exception>
    public async Task<int> RunDue(CancellationToken cancellation)
    {
        var done = 0;
        var undecided = new HashSet<Deadline>();
        var changed = new HashSet<Deadline>();
        while (true)
        {
            // Undecided ones stay at the head of what is due; asking for more reaches those behind them.
            var due = await journal.DueAt(clock.GetUtcNow(), Batch + undecided.Count);
            var fresh = due.Where(deadline => !undecided.Contains(deadline)).ToArray();
            if (fresh.Length == 0)
                return done;
            foreach (var deadline in fresh)
            {
                cancellation.ThrowIfCancellationRequested();
                // An answer that left its deadline standing had nothing to change.
                var refusal = changed.Contains(deadline) ? NothingLeft : await Carry(deadline);
                if (refusal is null)
                    changed.Add(deadline);
                else if (refusal.Kind == RefusalKind.Unavailable)
                    undecided.Add(deadline);
                else
                    await journal.Clear(deadline);
                done += refusal is null ? 1 : 0;
            }
        }
    }

    private static readonly Refusal NothingLeft = new(RefusalKind.WrongStatus, "The deadline asks for no further change.");

    private async Task<Refusal?> Carry(Deadline deadline)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{Interlocked.Increment(ref _attempts)}");
        var request = new Request(id, Caller.Registry, Answers: deadline);
        LicenseBlockCommand command = deadline.Kind switch
        {
            DeadlineKind.Expire => new Expire(),
            DeadlineKind.Reconsider => new Reconsider(),
            _ => throw new InvalidOperationException($"Nobody carries out a deadline of kind {deadline.Kind}."),
        };
        return (await actors.LicenseBlock(deadline.Stream.Id).Carry(request, command)).Refusal;
    }
}
