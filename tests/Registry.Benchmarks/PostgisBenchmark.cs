using System.Text.Json;
using Registry.Benchmarks.Opponent;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;

namespace Registry.Benchmarks;

/// <summary>
/// The registry against what a .NET team would build instead (<see cref="OpponentServer"/>), over the same full country, the same
/// questions in turns by the same load generator. Before a question is timed, both answers are compared: the same license blocks,
/// the same geometry byte for byte.
/// </summary>
internal static class PostgisBenchmark
{
    private const int Connections = 32;
    private const int Rounds = 3;
    private const int Compared = 20;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    public static async Task Run()
    {
        if (PostgresServer.WhyNot is { } why)
        {
            Console.WriteLine($"postgis: {why}");
            return;
        }

        await using var registry = await Country.Start();
        await using var server = await PostgresServer.StartNew();
        using var client = registry.Client();
        var database = await OpponentDatabase.Fill(server, client);
        await using var opponent = await RegistryProcess.StartProgram(
            typeof(PostgisBenchmark).Assembly.Location, [OpponentServer.Argument], (OpponentServer.Database, database));
        using var other = opponent.Client();

        var figures = new Figures(
            $"Against PostGIS, the full country, {Connections} connections", "question", "found", "registry/s", "PostGIS/s", "ratio", "goal", "p99 us, both");
        foreach (var (name, goal, questions) in await Parts(client))
        {
            var found = await Compare(client, other, questions);
            var (ours, theirs) = (RequestScript.Get(Country.Scratch, questions.Select(question => question.Registry)),
                RequestScript.Get(Country.Scratch, questions.Select(question => question.Opponent)));
            await Wrk.Run(registry.Address, Connections, Turn, ours);
            await Wrk.Run(opponent.Address, Connections, Turn, theirs);
            var (us, them) = (new List<WrkResult>(), new List<WrkResult>());
            for (var round = 0; round < Rounds; round++)
            {
                us.Add(await Wrk.Run(registry.Address, Connections, Turn, ours));
                them.Add(await Wrk.Run(opponent.Address, Connections, Turn, theirs));
            }

            figures.Row(
                name, Figures.Number(found), Rate(us), Rate(them),
                Figures.Number(Figures.Median(us.Zip(them, (our, their) => our.RequestsPerSecond / their.RequestsPerSecond))), goal,
                $"{Figures.Number(Figures.Median(us.Select(result => result.P99.TotalMicroseconds)))} / {Figures.Number(Figures.Median(them.Select(result => result.P99.TotalMicroseconds)))}");
        }

        figures.Print();
    }

    private static string Rate(IEnumerable<WrkResult> results) => Figures.Number(Figures.Median(results.Select(result => result.RequestsPerSecond)));

    private static async Task<IReadOnlyList<(string Name, string Goal, IReadOnlyList<Question> Questions)>> Parts(HttpClient registry)
    {
        var random = new Random(3);
        var ids = await Ids(registry);
        return
        [
            ("cell by point", "4", [.. Repeat(10_000, () => Question.Point(Longitude(50, 35), Latitude(42, 12)))]),
            ("bbox of 10", "6", [.. Repeat(300, () => Question.Box(Longitude(55, 22), Latitude(44.5, 6), 0.30, 1000))]),
            ("bbox of 100", "6", [.. Repeat(300, () => Question.Box(Longitude(55, 22), Latitude(44.5, 6), 1.10, 1000))]),
            ("bbox of 1,000", "6", [.. Repeat(100, () => Question.Box(Longitude(55, 20), Latitude(44.5, 4), 3.60, 10_000))]),
            ("polygon of 60 vertices", "6", [.. Repeat(300, () => Question.Polygon(Circle(), 1000))]),
            ("filter: polygon, status, area", "5", [.. Repeat(300, () => Question.Filter(Circle(), "granted", 80, 1000))]),
            ("feature by id", "3", [.. ids.Select(Question.ById)]),
        ];

        string Circle() => Question.Circle(Longitude(55, 22), Latitude(44.5, 6), 0.5, 60);
        double Longitude(double from, double range) => from + (random.NextDouble() * range);
        double Latitude(double from, double range) => from + (random.NextDouble() * range);
    }

    private static IEnumerable<Question> Repeat(int count, Func<Question> question) => Enumerable.Range(0, count).Select(_ => question());

    private static async Task<IReadOnlyList<string>> Ids(HttpClient registry)
    {
        using var answer = JsonDocument.Parse(
            await registry.GetByteArrayAsync(new Uri("/collections/license-blocks/items?limit=10000", UriKind.Relative)));
        return [.. answer.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!)];
    }

    /// <summary>Holds the first answers of both together, and returns how many features an answer has on average.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    private static async Task<double> Compare(HttpClient registry, HttpClient opponent, IReadOnlyList<Question> questions)
    {
        var found = 0;
        foreach (var question in questions.Take(Compared))
        {
            var (ours, theirs) = (await Geometries(registry, question.Registry), await Geometries(opponent, question.Opponent));
            if (ours.Count != theirs.Count || ours.Except(theirs).Any())
                throw new InvalidOperationException($"The answers differ: {question.Registry} gave {ours.Count} features, {question.Opponent} gave {theirs.Count}.");
            found += ours.Count;
        }

        return found / (double)Compared;
    }

    // Each geometry as it was written; nothing where the answer is no feature.
    private static async Task<Dictionary<string, string>> Geometries(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        if (!answer.IsSuccessStatusCode)
            return [];
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        var root = document.RootElement;
        return root.TryGetProperty("features", out var features) ? features.EnumerateArray().ToDictionary(Id, Geometry)
            : root.TryGetProperty("properties", out _) ? new() { [Id(root)] = Geometry(root) }
            : root.TryGetProperty("licenseBlock", out var holder) && holder.GetString() is { } id ? new() { [id] = "" }
            : [];

        static string Id(JsonElement feature) => feature.GetProperty("id").GetString()!;
        static string Geometry(JsonElement feature) => feature.GetProperty("geometry").GetRawText();
    }
}
