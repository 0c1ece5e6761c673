using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Storage.InMemory;
using Registry.Storage.Sqlite;

namespace Registry.Benchmarks;

/// <summary>
/// Where the time of an application goes: the same applications, in this process, over ever more of the registry. What one step
/// costs is the difference from the step before it.
/// </summary>
internal static class ApplicationCost
{
    private const int Clients = 64;
    private const int WarmUp = 20_000;
    private const int Counted = 20_000;

    /// <summary>Processor time of one application, in microseconds, without HTTP.</summary>
    /// <returns>With the journal in memory, and with the journal on SQLite.</returns>
    public static async Task<(double Memory, double Sqlite)> Measure()
    {
        // Twice, and the second time counts: the first is the compiler's.
        await MeasureBoth();
        return await MeasureBoth();
    }

    private static async Task<(double Memory, double Sqlite)> MeasureBoth()
    {
        await using var memory = new InMemoryJournal(TimeProvider.System);
        var inMemory = await Measure(memory);
        await using var sqlite = await SqliteJournal.Open(Country.NewDirectory(), TimeProvider.System, NullLogger.Instance);
        return (inMemory, await Measure(sqlite));
    }

    private static async Task<double> Measure(IJournal journal)
    {
        await using var actors = new InProcessActors(Regimes.Kazakhstan, journal, TimeProvider.System, NullLoggerFactory.Instance);
        await actors.LoadSheets(Regimes.Kazakhstan, CancellationToken.None);
        var grounds = ApplicationBenchmark.Strips().Take(WarmUp + Counted).ToArray();
        await Apply(actors, grounds.AsMemory(0, WarmUp), 0);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Apply(actors, grounds.AsMemory(WarmUp), WarmUp);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / Counted;
    }

    private static Task Apply(InProcessActors actors, ReadOnlyMemory<CellSet> grounds, int firstNumber)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < grounds.Length; i = Interlocked.Increment(ref next))
            {
                var id = $"lb-{firstNumber + i}";
                var answer = await actors.LicenseBlock(id).Carry(
                    new Actors.Features.Request(id, new Caller("bench", Role.Applicant, "party")),
                    new Apply(LicenseBlockKind.Exploration, new Holder("party", "Bench", "KZ"), grounds.Span[i], null, ["copper"], QueueIfTaken: false));
                if (answer.Refusal is { } refusal)
                    throw new InvalidOperationException(refusal.Detail);
            }
        })));
    }
}
