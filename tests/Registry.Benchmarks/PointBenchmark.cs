using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Hosting;
using Registry.Core.Countries;
using Registry.Storage.InMemory;

namespace Registry.Benchmarks;

/// <summary>A cell by point against the bare server: <c>/cells/at</c> and <c>/healthz/live</c>, in turns.</summary>
internal static class PointBenchmark
{
    private const int Rounds = 3;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    public static async Task Run()
    {
        await using var registry = await Country.Start();
        var script = RequestScript.Get(Country.Scratch, Points().Take(20_000));
        await Wrk.Run(registry.Address, 64, Turn, script);
        var (live, at) = (new List<WrkResult>(), new List<WrkResult>());
        for (var round = 0; round < Rounds; round++)
        {
            live.Add(await Wrk.Run(new Uri(registry.Address, "/healthz/live"), 64, Turn));
            at.Add(await Wrk.Run(registry.Address, 64, Turn, script));
        }

        var ratio = Figures.Median(live.Zip(at, (bare, point) => point.RequestsPerSecond / bare.RequestsPerSecond));
        var figures = Figures.OfLoads("Cell by point, 64 connections, the full country");
        foreach (var result in live)
            figures.Load("/healthz/live", result);
        foreach (var result in at)
            figures.Load("/cells/at", result);
        figures.Row("ratio", Figures.Number(ratio), "", "", "", "goal 0.50");
        figures.Print();
        using var client = registry.Client();
        var answer = await client.GetByteArrayAsync(new Uri("/cells/at?lon=68.05&lat=48.05", UriKind.Relative));
        new Figures("What a query by point allocates, in bytes", "what", "bytes", "")
            .Row("allocated to ask a sheet, in this process", Figures.Number(await AllocatedByALook()), "goal: no more than the answer")
            .Row("the answer", Figures.Number(answer.Length), "")
            .Print();
    }

    private static async Task<double> AllocatedByALook()
    {
        const int looks = 200_000;
        var regime = Regimes.Kazakhstan;
        await using var journal = new InMemoryJournal(TimeProvider.System);
        await using var actors = new InProcessActors(regime, journal, TimeProvider.System, NullLoggerFactory.Instance);
        var cell = regime.Graticule.CellAt(68.05, 48.05);
        var sheet = actors.Sheet(regime.Graticule.SheetOf(cell));
        await sheet.Look(cell);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < looks; i++)
            await sheet.Look(cell);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)looks;
    }

    /// <summary>Points all over the country, by a fixed seed.</summary>
    private static IEnumerable<string> Points()
    {
        var random = new Random(1);
        while (true)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"/cells/at?lon={50 + (random.NextDouble() * 35):F5}&lat={42 + (random.NextDouble() * 12):F5}");
        }
    }
}
