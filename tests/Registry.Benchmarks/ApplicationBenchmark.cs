using System.Text.Json;
using Registry.Core.Countries;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Benchmarks;

/// <summary>Durable applications of five cells over HTTP, 64 clients, on empty ground.</summary>
internal static class ApplicationBenchmark
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(8);

    public static async Task Run()
    {
        var (journal, actors) = await ApplicationCost.Measure();
        var bodies = Strips().Select(Body).ToArray();
        await using var registry = await RegistryProcess.Start(Country.NewDirectory());
        // Two turns on ground of their own: the first is for the compiler.
        var half = bodies.Length / 2;
        var first = RequestScript.Post(Country.Scratch, "/license-blocks", "dev-applicant-a", bodies.Take(half));
        var second = RequestScript.Post(Country.Scratch, "/license-blocks", "dev-applicant-a", bodies.Skip(half));
        var warmUp = await Wrk.Run(registry.Address, 64, Turn, first);
        var before = registry.ProcessorTime;
        var result = await Wrk.Run(registry.Address, 64, Turn, second);
        var whole = (registry.ProcessorTime - before).TotalMicroseconds / (result.RequestsPerSecond * Turn.TotalSeconds);
        Figures.OfLoads("Durable applications of 5 cells, 64 clients")
            .Load("while the compiler warms up", warmUp)
            .Load("POST /license-blocks", result, "goal 5,000")
            .Print();
        new Figures("Where the processor time of an application goes, us", "part", "us", "share")
            .Row("journal on SQLite, in batches", Figures.Number(journal), Share(journal, whole))
            .Row("law, sheets, encoding", Figures.Number(actors - journal), Share(actors - journal, whole))
            .Row("HTTP: connection, key, JSON, codes, answer", Figures.Number(whole - actors), Share(whole - actors, whole))
            .Row("whole", Figures.Number(whole), "")
            .Print();
    }

    private static string Share(double part, double whole) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{part / whole:P0}");

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
