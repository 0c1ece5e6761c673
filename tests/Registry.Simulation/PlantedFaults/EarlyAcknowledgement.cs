using Registry.Actors.Journal;
using Registry.Core;
using Registry.Simulation.Hosting;
using Registry.Testing;

namespace Registry.Simulation.PlantedFaults;

/// <summary>
/// An append is acknowledged without its commit: where the storage then fails, the caller has been told that it stands. Where the
/// storage does not fail, nobody could tell the difference, and the answer is the true one.
/// </summary>
internal sealed class EarlyAcknowledgement : Protocol
{
    /// <inheritdoc/>
    public override IJournal Journal(IJournal journal) => new Hopeful(journal);

    private sealed class Hopeful(IJournal journal) : ForwardedJournal(journal)
    {
        private Stamp _last;

        public override async Task<AppendResult> Append(Append append)
        {
            try
            {
                var written = await base.Append(append);
                if (written is Committed committed)
                    _last = committed.Last;
                return written;
            }
            catch (JournalUnavailableException)
            {
                _last = _last with { Sequence = _last.Sequence + 1 };
                return new Committed(_last, _last);
            }
        }
    }
}
