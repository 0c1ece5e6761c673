using Registry.Actors.Contracts;
using Registry.Actors.Imports;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Titles;
using Registry.Simulation.Faults;
using Registry.Simulation.Running;

namespace Registry.Simulation.Workload;

/// <summary>An import that a client made, and what it was told of its end.</summary>
/// <param name="Id">Its id; also, as the caller's name, its mark in the journal.</param>
/// <param name="Mode">What happens to the others when a feature is refused.</param>
/// <param name="Grounds">The ground of each feature.</param>
internal sealed record MadeImport(string Id, ImportMode Mode, IReadOnlyList<CellSet> Grounds)
{
    /// <summary>What the client was told at the end; null when it did not wait for it.</summary>
    public ImportReport? Told { get; set; }

    /// <summary>The license block that a feature becomes.</summary>
    public string BlockOf(int feature) => $"lb-{Id}-{feature}";
}

/// <summary>
/// A client that imports: it has an import accepted, as a gateway does, and asks how far it is until it has ended, or asks no more: then
/// the clerk alone sets the import going.
/// </summary>
internal sealed class Importer(string name, Simulator simulator, FaultPlan faults, Requests requests, IActors actors, IJournal journal)
{
    private readonly List<MadeImport> _made = [];

    /// <summary>Its imports.</summary>
    public IReadOnlyList<MadeImport> Made => _made;

    /// <summary>Whether it has heard of the end of each that it waited for.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Begins.</summary>
    public void Start(int imports) => simulator.NewScheduler(name).Start(async () =>
    {
        for (var number = 1; number <= imports; number++)
        {
            await simulator.Wait(simulator.Choices.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(simulator.Choices.Below(2) == 0 ? 50 : 20_000)));
            var mode = simulator.Choices.Below(3) == 0 ? ImportMode.Feature : ImportMode.File;
            var grounds = Enumerable.Range(0, 1 + simulator.Choices.Below(4)).Select(_ => Country.Ground(simulator.Choices, 3, requests.IsRush)).ToList();
            await Import(new MadeImport($"{name}-{number}", mode, grounds));
        }

        IsDone = true;
    });

    private async Task Import(MadeImport import)
    {
        _made.Add(import);
        simulator.Trace.Note(() => $"{import.Id} imports by {import.Mode}: {string.Join(" | ", import.Grounds.Select(cells => string.Join(' ', cells)))}");
        await UntilAnswered(async () =>
        {
            await Accept(import);
            return import;
        });
        if (faults.Strikes(Fault.ClientGone))
            return;
        var report = await UntilAnswered(async () =>
            await actors.Import(import.Id).Report() is { } told && told.Progress.State.IsEnded() ? told : null);
        import.Told = report;
        simulator.Trace.Note(() => $"{import.Id} ended: {report.Progress}");
        var refused = report.Refusals.Select(refusal => refusal.Index).ToHashSet();
        for (var i = 0; i < import.Grounds.Count && report.Progress.Registered > 0; i++)
        {
            if (!refused.Contains(i))
                requests.Filed(import.BlockOf(i), name, import.Grounds[i]);
        }
    }

    private async Task Accept(MadeImport import)
    {
        var (kept, now, caller) = (journal, simulator.Clock.GetUtcNow(), new Caller(import.Id, Role.Applicant, name));
        using var parts = new ImportParts();
        for (var i = 0; i < import.Grounds.Count; i++)
        {
            parts.Add(new ImportItem(i, null, import.BlockOf(i), $"{import.Id}/{i}")
            {
                Application = new Apply(
                    LicenseBlockKind.Exploration, new Holder(name, name, "KZ"), import.Grounds[i], null, ["gold"], QueueIfTaken: false),
            });
        }

        var content = $"content of {import.Id}";
        await kept.KeepPart(content, 0, parts.Rest()!, now);
        var asked = new AcceptedImport(Collection.LicenseBlocks, import.Mode, "none", caller, now, import.Grounds.Count, [], null);
        await kept.Accept(new NewImport(import.Id, import.Id, content, asked.ToBytes(), now));
    }

    private async Task<T> UntilAnswered<T>(Func<Task<T?>> ask)
        where T : class
    {
        while (true)
        {
            try
            {
                if (await ask() is { } answer)
                    return answer;
            }
            catch (Exception fault) when (fault is ActorUnavailableException or JournalUnavailableException)
            {
                simulator.Trace.Note(() => $"{name} is told nothing: {fault.Message}");
            }

            await simulator.Wait(simulator.Choices.Between(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(8)));
        }
    }
}
