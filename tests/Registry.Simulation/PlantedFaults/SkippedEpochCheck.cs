using Registry.Actors.Journal;
using Registry.Simulation.Hosting;
using Registry.Testing;

namespace Registry.Simulation.PlantedFaults;

/// <summary>
/// No append says on which epochs it relies: what a sheet promised commits, whatever became of that sheet since. Nor can the
/// checks see it in the appends; they find it by what comes of it.
/// </summary>
internal sealed class SkippedEpochCheck : Protocol
{
    /// <inheritdoc/>
    public override IJournal Journal(IJournal journal) => new Blind(journal);

    private sealed class Blind(IJournal journal) : ForwardedJournal(journal)
    {
        public override Task<AppendResult> Append(Append append) => base.Append(append with { Epochs = [] });
    }
}
