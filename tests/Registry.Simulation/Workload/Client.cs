using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Simulation.Faults;
using Registry.Simulation.Running;

namespace Registry.Simulation.Workload;

/// <summary>
/// One client: it thinks, asks, and asks again with the same idempotency key while it does not know what became of its request.
/// </summary>
internal sealed class Client(string name, Simulator simulator, FaultPlan faults, Requests requests)
{
    private const int MostAttempts = 8;

    /// <summary>Whether it has nothing more to ask.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Begins.</summary>
    public void Start(int operations) => simulator.NewScheduler(name).Start(async () =>
    {
        for (var number = 1; number <= operations; number++)
        {
            await Think();
            await Ask(requests.Next(name, $"{name}-{number}"));
        }

        IsDone = true;
    });

    private Task Think() => simulator.Wait(
        simulator.Choices.Below(40) switch
        {
            > 3 when requests.IsRush => simulator.Choices.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(5)),
            0 => simulator.Choices.Between(TimeSpan.FromDays(30), TimeSpan.FromDays(400)),
            1 or 2 => simulator.Choices.Between(TimeSpan.FromHours(6), TimeSpan.FromDays(4)),
            < 12 => simulator.Choices.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)),
            _ => simulator.Choices.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(40)),
        });

    private async Task Ask(Operation operation)
    {
        operation.Called = simulator.Clock.Elapsed;
        simulator.Trace.Note(() => $"{operation.Id} asks: {operation.What} {operation.Stream}");
        if (!operation.HasKey)
        {
            await Try(operation, 1);
            return;
        }

        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var isKnown = faults.Strikes(Fault.SentTwice)
                ? (await Task.WhenAll(Try(operation, attempt), Try(operation, attempt + MostAttempts))).Contains(true)
                : await Try(operation, attempt);
            if (isKnown)
                break;
            if (faults.Strikes(Fault.ClientGone))
                return;
            await simulator.Wait(simulator.Choices.Between(TimeSpan.Zero, TimeSpan.FromSeconds(8)));
        }

        if (faults.Strikes(Fault.AskedAgain))
            await Try(operation, (2 * MostAttempts) + 1);
    }

    private async Task<bool> Try(Operation operation, int number)
    {
        var attempt = operation.Begin(number, simulator.Steps);
        try
        {
            var outcome = await operation.Send(attempt.Request);
            simulator.Trace.Note(() => $"{attempt.Request.Id} is told: {Tell(outcome)}");
            if (!outcome.IsKnown)
                return false;
            operation.Answered ??= simulator.Clock.Elapsed;
            attempt.End(outcome, simulator.Steps);
            requests.Heard(operation, outcome);
            return true;
        }
        catch (Exception fault) when (fault is ActorUnavailableException or JournalUnavailableException)
        {
            simulator.Trace.Note(() => $"{attempt.Request.Id} is told nothing: {fault.Message}");
            return false;
        }
    }

    private static string Tell(Outcome outcome) =>
        outcome.Refusal is { } refusal ? $"{refusal.Kind}, {refusal.Detail}" : $"version {outcome.Version}, sequence {outcome.Last.Sequence}";
}
