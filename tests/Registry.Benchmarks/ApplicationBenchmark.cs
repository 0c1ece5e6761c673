using System.Diagnostics;
using System.Text.Json;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;
using Registry.Core.Law;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Benchmarks;

/// <summary>Durable applications of five cells over HTTP, 64 clients, on empty ground.</summary>
internal static class ApplicationBenchmark
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(8);

    public static async Task Run()
    {
        var directory = Country.NewDirectory();
        await using var registry = await RegistryProcess.Start(directory);
        var script = RequestScript.Post(Country.Scratch, "/license-blocks", "dev-applicant-a", Strips().Select(Body));
        var before = registry.ProcessorTime;
        var since = Stopwatch.StartNew();
        var result = await Wrk.Run(registry.Address, 64, Turn, script);
        var processor = (registry.ProcessorTime - before).TotalMicroseconds / (result.RequestsPerSecond * since.Elapsed.TotalSeconds);
        Figures.OfLoads("Durable applications of 5 cells, 64 clients")
            .Load("POST /license-blocks", result, "goal 5,000")
            .Row("CPU us of the registry for each", Figures.Number(processor), "", "", "", "")
            .Print();
    }

    /// <summary>Every strip of five cells side by side in the country, none over another.</summary>
    internal static IEnumerable<CellSet> Strips()
    {
        var regime = Regimes.Kazakhstan;
        var graticule = regime.Graticule;
        foreach (var sheet in regime.Jurisdiction.Sheets)
        {
            for (var index = 0; index < graticule.CellsPerSheet; index += 5)
            {
                var cells = CellSet.Of(Enumerable.Range(index, 5).Select(place => graticule.CellOf(sheet, place)));
                if (cells.All(regime.Jurisdiction.Contains))
                    yield return cells;
            }
        }
    }

    internal static string Body(CellSet cells) => JsonSerializer.Serialize(new
    {
        kind = "exploration",
        cells = cells.Select(KazakhCode.Instance.Alias),
        commodities = new[] { "copper" },
    });
}
