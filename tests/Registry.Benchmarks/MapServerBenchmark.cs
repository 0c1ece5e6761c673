using System.Globalization;
using System.Text.Json;
using Registry.Benchmarks.Opponent;
using Registry.Storage.Tests.Postgres;

namespace Registry.Benchmarks;

/// <summary>The items of a rectangle, against the same of MapServer's OGC API - Features over the same country in PostGIS.</summary>
internal static class MapServerBenchmark
{
    private const int Connections = 32;
    private const int Rounds = 3;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    public static async Task Run()
    {
        if ((PostgresServer.WhyNot ?? MapServer.WhyNot) is { } why)
        {
            Console.WriteLine($"mapserver: {why}");
            return;
        }

        await using var registry = await Country.Start();
        await using var server = await PostgresServer.StartNew();
        using var client = registry.Client();
        await using var mapServer = await MapServer.Start(await OpponentDatabase.Fill(server, client));
        using var other = new HttpClient { BaseAddress = mapServer.Address };

        var random = new Random(5);
        var figures = new Figures($"Items of a rectangle against MapServer, {Connections} connections", "found", "registry/s", "MapServer/s", "ratio", "failed", "goal");
        foreach (var (side, limit) in ((double, int)[])[(0.3, 1000), (1.1, 1000), (3.6, 10_000)])
        {
            var queries = Enumerable.Range(0, 200).Select(_ => Query(55 + (random.NextDouble() * 20), 44.5 + (random.NextDouble() * 4), side, limit)).ToList();
            var found = await Found(client, Registry(queries[0]));
            if (found != await Found(other, MapServer.Items(queries[0])))
                throw new InvalidOperationException($"MapServer finds another number of license blocks than the registry for {queries[0]}.");
            var ours = RequestScript.Get(Country.Scratch, queries.Select(Registry));
            var theirs = RequestScript.Get(Country.Scratch, queries.Select(MapServer.Items));
            await Wrk.Run(registry.Address, Connections, Turn, ours);
            var (us, them) = (new List<WrkResult>(), new List<WrkResult>());
            for (var round = 0; round < Rounds; round++)
            {
                us.Add(await Wrk.Run(registry.Address, Connections, Turn, ours));
                them.Add(await Wrk.Run(mapServer.Address, Connections, Turn, theirs));
            }

            figures.Row(
                Figures.Number(found), Rate(us), Rate(them),
                Figures.Number(Figures.Median(us.Zip(them, (our, their) => our.RequestsPerSecond / their.RequestsPerSecond))),
                us.Concat(them).Sum(result => result.Failed).ToString(CultureInfo.InvariantCulture), "20");
        }

        figures.Print();
    }

    private static string Rate(IEnumerable<WrkResult> results) => Figures.Number(Figures.Median(results.Select(result => result.RequestsPerSecond)));

    private static string Registry(string query) => $"/collections/license-blocks/items?{query}";

    private static string Query(double west, double south, double side, int limit) => string.Create(
        CultureInfo.InvariantCulture, $"limit={limit}&bbox={west:F4},{south:F4},{west + side:F4},{south + side:F4}");

    private static async Task<int> Found(HttpClient client, string path)
    {
        using var answer = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
        return answer.RootElement.GetProperty("features").GetArrayLength();
    }
}
