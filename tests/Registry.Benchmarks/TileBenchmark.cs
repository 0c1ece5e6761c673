using Registry.Benchmarks.Opponent;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;

namespace Registry.Benchmarks;

/// <summary>
/// Vector tiles of the full country, license blocks, deposits and cells, against the same layers by <c>ST_AsMVT</c>, cold: each tile is asked once; and a tile that was
/// asked before against the bare server.
/// </summary>
internal static class TileBenchmark
{
    private const int Connections = 32;
    private const int Rounds = 3;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    public static async Task Run()
    {
        if (PostgresServer.WhyNot is { } why)
        {
            Console.WriteLine($"tiles: {why}");
            return;
        }

        await using var server = await PostgresServer.StartNew();
        var (cold, theirs, cached, bare) = (new List<WrkResult>(), new List<WrkResult>(), new List<WrkResult>(), new List<WrkResult>());
        string? database = null;
        var tiles = RequestScript.Get(Country.Scratch, Tiles(9).Concat(Tiles(10)).Concat(Tiles(11)).Select(tile => tile.Registry));
        var few = RequestScript.Get(Country.Scratch, Tiles(9).Take(200).Select(tile => tile.Registry), "gzip"); // as a browser asks
        var warmUp = RequestScript.Get(Country.Scratch, Tiles(12).Select(tile => tile.Registry));
        for (var round = 0; round < Rounds; round++)
        {
            // Each round begins with a registry that made no tile yet but those of the warming up, which are of another zoom.
            await using var registry = await Country.Start();
            using var client = registry.Client();
            if (database is null)
                await OpponentDatabase.AddCells(database = await OpponentDatabase.Fill(server, client));
            await using var opponent = await RegistryProcess.StartProgram(
                typeof(TileBenchmark).Assembly.Location, [OpponentServer.Argument], (OpponentServer.Database, database));
            await Wrk.Run(registry.Address, Connections, Turn, warmUp);
            await Wrk.Run(opponent.Address, Connections, Turn, warmUp);
            cold.Add(await Wrk.Run(registry.Address, Connections, Turn, tiles));
            theirs.Add(await Wrk.Run(opponent.Address, Connections, Turn, tiles));
            await Wrk.Run(registry.Address, Connections, Turn, few);
            cached.Add(await Wrk.Run(registry.Address, Connections, Turn, few));
            bare.Add(await Wrk.Run(new Uri(registry.Address, "/healthz/live"), Connections, Turn));
        }

        var figures = Figures.OfLoads($"Vector tiles of zoom 9 and on, the full country, {Connections} connections");
        for (var round = 0; round < Rounds; round++)
        {
            figures
                .Load("registry, cold", cold[round])
                .Load("ST_AsMVT", theirs[round])
                .Load("registry, asked before", cached[round])
                .Load("/healthz/live", bare[round]);
        }

        figures
            .Row("cold against ST_AsMVT", Figures.Number(Ratio(cold, theirs)), "", "", "", "goal 3")
            .Row("asked before against the bare server", Figures.Number(Ratio(cached, bare)), "", "", "", "goal 0.60")
            .Print();
    }

    private static double Ratio(List<WrkResult> ours, List<WrkResult> others) =>
        Figures.Median(ours.Zip(others, (our, other) => our.RequestsPerSecond / other.RequestsPerSecond));

    /// <summary>Every tile of a zoom over the country's extent, in an order that jumps about.</summary>
    private static Question[] Tiles(int zoom)
    {
        var (west, east) = (Column(46.5, zoom), Column(87.3, zoom));
        var (north, south) = (Row(55.4, zoom), Row(40.6, zoom));
        var tiles = (from x in Enumerable.Range(west, east - west + 1) from y in Enumerable.Range(north, south - north + 1) select Question.Tile(zoom, x, y)).ToArray();
        new Random(zoom).Shuffle(tiles);
        return tiles;
    }

    private static int Column(double longitude, int zoom) => (int)((longitude + 180) / 360 * (1 << zoom));

    private static int Row(double latitude, int zoom) =>
        (int)((1 - (Math.Asinh(Math.Tan(latitude * Math.PI / 180)) / Math.PI)) / 2 * (1 << zoom));
}
