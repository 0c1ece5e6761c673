using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Countries;
using Registry.Core.Ground;
using Registry.Core.Titles;
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
    /// <returns>Of the journal alone, and of the actors with the journal.</returns>
    public static async Task<(double Journal, double Actors)> Measure()
    {
        // Twice, and the second time counts: the first is the compiler's.
        await MeasureBoth();
        return await MeasureBoth();
    }

    private static async Task<(double Journal, double Actors)> MeasureBoth()
    {
        await using var alone = await SqliteJournal.Open(Country.NewDirectory(), TimeProvider.System, NullLogger.Instance);
        await using var under = await SqliteJournal.Open(Country.NewDirectory(), TimeProvider.System, NullLogger.Instance);
        return (await MeasureJournal(alone), await Measure(under));
    }

    private static async Task<double> MeasureJournal(SqliteJournal journal)
    {
        var appends = Enumerable.Range(0, Counted).Select(number => JournalBenchmark.Application(number, number)).ToArray();
        return await ProcessorTime(() => Each(appends, journal.Append));
    }

    private static async Task<double> Measure(IJournal journal)
    {
        await using var actors = new InProcessActors(Regimes.Kazakhstan, journal, TimeProvider.System, NullLoggerFactory.Instance);
        await actors.LoadSheets(Regimes.Kazakhstan, CancellationToken.None);
        var grounds = ApplicationBenchmark.Strips().Take(WarmUp + Counted).ToArray();
        await Each(grounds[..WarmUp], ground => Apply(actors, ground));
        return await ProcessorTime(() => Each(grounds[WarmUp..], ground => Apply(actors, ground)));
    }

    private static async Task<double> ProcessorTime(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / Counted;
    }

    private static Task Each<T>(IReadOnlyList<T> all, Func<T, Task> work)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < all.Count; i = Interlocked.Increment(ref next))
                await work(all[i]);
        })));
    }

    private static async Task Apply(InProcessActors actors, CellSet ground)
    {
        var id = $"lb-{ground[0]}";
        var answer = await actors.LicenseBlock(id).Carry(
            new Actors.Contracts.Request(id, new Caller("bench", Role.Applicant, "party")),
            new Apply(LicenseBlockKind.Exploration, new Holder("party", "Bench", "KZ"), ground, null, ["copper"], QueueIfTaken: false));
        if (answer.Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Detail);
    }
}
