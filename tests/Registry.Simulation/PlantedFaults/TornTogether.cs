using Registry.Actors.Journal;
using Registry.Simulation.Hosting;
using Registry.Testing;

namespace Registry.Simulation.PlantedFaults;

/// <summary>What is appended together is no transaction: now and then the storage fails before the last of it is written.</summary>
internal sealed class TornTogether : Protocol
{
    /// <inheritdoc/>
    public override IJournal Storage(IJournal storage) => new Torn(storage);

    private sealed class Torn(IJournal journal) : ForwardedJournal(journal)
    {
        private int _asked;

        public override Task<JointResult> AppendAll(IReadOnlyList<Append> appends) => appends.Count == 1 || ++_asked % 2 == 0
            ? base.AppendAll(appends)
            : base.AppendAll([.. appends.SkipLast(1)]);
    }
}
