using Registry.Actors.Journal;
using Registry.Simulation.Hosting;
using Registry.Testing;

namespace Registry.Simulation.PlantedFaults;

/// <summary>The storage keeps no answers to idempotency keys.</summary>
internal sealed class ForgottenKeys : Protocol
{
    /// <inheritdoc/>
    public override IJournal Storage(IJournal storage) => new Forgetful(storage);

    private sealed class Forgetful(IJournal journal) : ForwardedJournal(journal)
    {
        public override Task<AppendResult> Append(Append append) => base.Append(append with { Key = null });
    }
}
