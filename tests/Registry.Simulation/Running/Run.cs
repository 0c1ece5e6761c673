using Registry.Actors;
using Registry.Actors.Journal;
using Registry.Simulation.Checks;
using Registry.Simulation.Faults;
using Registry.Simulation.Hosting;
using Registry.Simulation.Workload;
using Registry.Storage.InMemory;

namespace Registry.Simulation.Running;

/// <summary>One run: a country, its clients, what goes wrong, and then the checks.</summary>
internal static class Run
{
    private const long MostSteps = 300_000;

    /// <summary>Long enough for every late message, every watch over holds and every deadline that is due.</summary>
    private static readonly TimeSpan s_aftermath = DeadlineClerk.Longest + TimeSpan.FromHours(2);

    /// <summary>Runs a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="protocol">The protocol, as it is or with a fault planted.</param>
    /// <param name="isTraced">Whether to keep the trace.</param>
    public static Report Of(long seed, Protocol protocol, bool isTraced = false)
    {
        var choices = new Choices(seed);
        var simulator = new Simulator(choices, isTraced);
        var faults = new FaultPlan(choices);
        simulator.Overtaking = faults.IsCalm ? 0 : choices.Below(3) * 0.02;
        var storage = new InMemoryJournal(simulator.Clock, new SeededSalts(seed));
        var journal = new SimulatedJournal(simulator, faults, protocol.Storage(storage));
        var seen = protocol.Journal(journal);
        var actors = new SimulatedActors(simulator, faults);
        var ports = new ActorPorts(Country.Regime, seen, actors, simulator.Clock);
        var witness = new SheetWitness(simulator);
        actors.CarryBy(new SimulatedDispatcher(simulator, faults, protocol, ports, witness));

        var requests = new Requests(choices, actors);
        var clients = Enumerable.Range(1, 3 + choices.Below(4)).Select(n => new Client($"c{n}", simulator, faults, requests)).ToList();
        var operations = 20 + choices.Below(31);
        foreach (var client in clients)
            client.Start(operations / clients.Count);
        new DeadlineClerk(simulator, actors, seen).Start();
        var importers = Enumerable.Range(1, choices.Below(3)).Select(n => new Importer($"i{n}", simulator, faults, requests, actors, seen)).ToList();
        foreach (var importer in importers)
            importer.Start(1 + choices.Below(3));
        new ImportClerk(simulator, actors, seen).Start();

        var violations = new List<string>();
        // Where every fault strikes often, a write that needs several sheets may never come through while they last: they end half-way,
        // and from there on everything must.
        var isDone = simulator.RunUntil(AllAreDone, MostSteps / 2);
        faults.End();
        if (!isDone && !simulator.RunUntil(AllAreDone, MostSteps / 2))
            violations.Add("The clients did not come to an end.");
        simulator.Overtaking = 0;
        if (violations.Count == 0 && !simulator.RunFor(s_aftermath, MostSteps))
            violations.Add("The registry did not come to rest.");
        violations.AddRange(simulator.Broken);
        var past = Past.Of(storage, journal, requests.Made, simulator.Clock.GetUtcNow());
        if (violations.Count == 0)
        {
            violations.AddRange(Verification.Run(storage).Result.Faults);
            violations.AddRange(GroundChecks.Of(past));
            violations.AddRange(AnswerChecks.Of(past, witness));
            violations.AddRange(OrderChecks.Of(past, witness, faults.IsCalm));
            violations.AddRange(ImportChecks.Of(past, storage, importers.SelectMany(importer => importer.Made), faults.IsCalm));
            violations.AddRange(SheetChecks.Of(past, simulator, actors));
        }

        return new Report(
            seed, violations, faults.Counts, simulator.Trace.Digest ^ past.Digest, requests.Made.Count, simulator.Steps, past.Entries.Count,
            simulator.Trace.Lines);

        bool AllAreDone() => clients.TrueForAll(client => client.IsDone) && importers.TrueForAll(importer => importer.IsDone);
    }
}
