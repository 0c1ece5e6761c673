using Registry.Core.Countries;
using Registry.Core.Ground;

namespace Registry.Benchmarks;

/// <summary>A rush of 1,000 clients for the same 100 cells: what a refusal costs, in processor time, against a point query.</summary>
internal static class RushBenchmark
{
    private const int Clients = 1000;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    public static async Task Run()
    {
        await using var registry = await Gateway.Tests.Acceptance.RegistryProcess.Start(Country.NewDirectory());
        var graticule = Regimes.Kazakhstan.Graticule;
        var corner = graticule.CellAt(68.001, 48.001);
        var (row, column) = (graticule.Row(corner), graticule.Column(corner));
        var ground = CellSet.Of(
            from r in Enumerable.Range(row, 10) from c in Enumerable.Range(column, 10) select graticule.CellOf(r, c));
        var rush = RequestScript.Post(Country.Scratch, "/license-blocks", "dev-applicant-a", [ApplicationBenchmark.Body(ground)]);
        var strips = RequestScript.Post(Country.Scratch, "/license-blocks", "dev-applicant-a", Enumerable.Range(0, 20)
            .Select(strip => CellSet.Of(ground.Skip(strip * 5).Take(5)))
            .Select(ApplicationBenchmark.Body));
        var point = new Uri(registry.Address, "/cells/at?lon=68.05&lat=48.05");

        await Wrk.Run(registry.Address, Clients, Turn, rush);
        var points = await Wrk.Run(point, Clients, Turn);
        var refusals = await Wrk.Run(registry.Address, Clients, Turn, rush);
        var few = await Wrk.Run(registry.Address, Clients, Turn, strips);
        // wrk counts a 409 as an answer that is not 2xx: here each one but the first is meant to be.
        Figures.OfLoads("A rush of 1,000 clients for the same 100 cells")
            .Load("/cells/at", points)
            .Load("refused, all 100 cells", refusals, "all refused, as they must be")
            .Load("refused, 5 of the 100", few, "likewise")
            .Row("cost of 100 cells in point queries", Figures.Number(points.RequestsPerSecond / refusals.RequestsPerSecond), "", "", "", "goal 2")
            .Row("cost of 5 cells in point queries", Figures.Number(points.RequestsPerSecond / few.RequestsPerSecond), "", "", "", "")
            .Print();
    }
}
