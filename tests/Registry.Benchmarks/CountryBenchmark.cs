using System.Diagnostics;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Benchmarks;

/// <summary>The full country: from the start of the process to ready, and resident memory after.</summary>
internal static class CountryBenchmark
{
    private const int Rounds = 3;

    public static async Task Run()
    {
        var directory = await Country.Directory();
        var figures = new Figures("Kazakhstan full: 25,000 license blocks, 10,000 deposits", "round", "start to ready, s", "resident, MB", "");
        for (var round = 1; round <= Rounds; round++)
        {
            var since = Stopwatch.StartNew();
            await using var registry = await RegistryProcess.Start(directory);
            figures.Row($"{round}", Figures.Number(since.Elapsed.TotalSeconds), Figures.Number(registry.ResidentBytes / 1e6), "goals 5 s, 500 MB");
        }

        figures.Print();
    }
}
