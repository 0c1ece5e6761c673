using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Hosting;
using Registry.Cluster.Tests;
using Registry.Cluster.Tests.Intruders;
using Registry.Core.Countries;
using Registry.Gateway.Sample;
using Registry.Gateway.Tests.Acceptance;
using Registry.Sample;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Postgres;

namespace Registry.Benchmarks;

/// <summary>
/// The same questions and applications of one process, of a gateway with one silo, and of a gateway with three, plain and by TLS: requests a second,
/// latency, and the processor time of gateway and silos for each request. All on this one machine, so that three silos share its cores:
/// what is shown is what distribution costs, not what more machines bring.
/// </summary>
internal static class ClusterBenchmark
{
    private const int Connections = 32;
    private const int Applicants = 64;
    private const int ApplicationsOfTurn = 4_000;
    private const string TlsGoal = "goal 15 %";
    private const string OneSheet = "one feature of one sheet";
    private const string EverySheet = "one feature, every sheet asked";
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    public static async Task Run()
    {
        if (PostgresServer.WhyNot is { } why)
        {
            Console.WriteLine($"cluster: {why}");
            return;
        }

        var figures = new Figures(
            $"One process, one silo, three silos; questions to the full country, {Connections} connections; applications on empty ground, {Applicants}",
            "registry", "request", "requests/s", "p50 us", "p99 us", "CPU us each", "failed");
        var fanOut = new Figures("Fan-out: a question of every sheet against one of a single sheet", "registry", "CPU us a sheet", "");
        await using (var alone = await Country.Start())
            await Ask("one process, SQLite", [alone], figures, fanOut);
        await using (var alone = await RegistryProcess.Start(Country.NewDirectory()))
            await Apply("one process, SQLite", [alone], figures);
        await using var server = await PostgresServer.StartNew();
        var country = await server.EmptyDatabase("country");
        await Register(country);
        foreach (var (name, count, authority) in ((string, int, Authority?)[])
            [("gateway and one silo", 1, null), ("gateway and 3 silos", 3, null), ("gateway and 3 silos, TLS", 3, new Authority())])
        {
            await PostgresServer.Execute(country, "DROP SCHEMA IF EXISTS orleans CASCADE");
            await WithSilos(count, authority, country, processes => Ask(name, processes, figures, fanOut));
            var ground = await server.EmptyDatabase("ground");
            await PostgresServer.Execute(ground, "DROP SCHEMA IF EXISTS orleans CASCADE");
            await WithSilos(count, authority, ground, processes => Apply(name, processes, figures));
        }

        figures.Print();
        fanOut.Print();
    }

    /// <summary>What TLS between the processes costs: two clusters of three silos, one with it and one without, asked in turns.</summary>
    public static async Task RunTls()
    {
        if (PostgresServer.WhyNot is { } why)
        {
            Console.WriteLine($"tls: {why}");
            return;
        }

        await using var server = await PostgresServer.StartNew();
        await using var other = await PostgresServer.StartNew();
        var (plain, guarded) = (await server.EmptyDatabase("country"), await other.EmptyDatabase("country"));
        await Register(plain);
        await Register(guarded);
        var figures = Pair.Table("Gateway and 3 silos by TLS against plain");
        await InPairs(plain, guarded, async pair =>
        {
            foreach (var (name, script) in Questions(new Random(4)))
                await pair.Measure(name, Connections, () => script, figures, TlsGoal);
        });
        var bodies = ApplicationBenchmark.Strips().Select(ApplicationBenchmark.Body).Chunk(ApplicationsOfTurn).ToArray();
        var turn = 0;
        await InPairs(await server.EmptyDatabase("ground"), await other.EmptyDatabase("ground"), pair => pair.Measure(
            "application of 5 cells", Applicants,
            () => RequestScript.Post(Country.Scratch, "/license-blocks", "dev-applicant-a", bodies[turn++]), figures, TlsGoal));
        figures.Print();
    }

    private static Task InPairs(string plain, string guarded, Func<Pair, Task> measure) => WithSilos(3, null, plain, one =>
        WithSilos(3, new Authority(), guarded, another => measure(new Pair(new Side(one), new Side(another)))));

    // The gateway, which is asked, comes first.
    private static async Task WithSilos(int count, Authority? authority, string database, Func<IReadOnlyList<RegistryProcess>, Task> measure)
    {
        var processes = new List<RegistryProcess>();
        using var directory = new TemporaryDirectory();
        (string Name, string Value)[] TlsOf(string role) => authority is null ? [] : Authority.Settings(authority.Write(directory.Path, role));
        try
        {
            for (var silo = 1; silo <= count; silo++)
                processes.Add(await SiloProcess.Start(database, string.Create(CultureInfo.InvariantCulture, $"silo-{silo}"), settings: TlsOf(Authority.Silo)));
            processes.Insert(0, await RegistryProcess.Start(
                Country.NewDirectory(), [("Registry__Cluster", "postgres"), ("ConnectionStrings__Registry", database), .. TlsOf(Authority.Gateway)]));
            await measure(processes);
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }

    private static async Task Ask(string registry, IReadOnlyList<RegistryProcess> processes, Figures figures, Figures fanOut)
    {
        var random = new Random(4);
        var (one, all) = (0.0, 0.0);
        foreach (var (name, script) in Questions(random))
        {
            var each = await Measure(registry, name, processes, Connections, script, script, figures);
            (one, all) = name switch { OneSheet => (each, all), EverySheet => (one, each), _ => (one, all) };
        }

        var others = Regimes.Kazakhstan.Jurisdiction.Sheets.Count - 1;
        fanOut.Row(registry, Figures.Number((all - one) / others), "goal 8");
    }

    private static async Task Apply(string registry, IReadOnlyList<RegistryProcess> processes, Figures figures)
    {
        // Two turns on ground of their own: the first is for the compiler.
        var bodies = ApplicationBenchmark.Strips().Select(ApplicationBenchmark.Body).ToArray();
        string Script(IEnumerable<string> part) => RequestScript.Post(Country.Scratch, "/license-blocks", "dev-applicant-a", part);
        await Measure(
            registry, "application of 5 cells", processes, Applicants,
            Script(bodies.Take(bodies.Length / 2)), Script(bodies.Skip(bodies.Length / 2)), figures);
    }

    /// <summary>Measures one turn after another that is not counted.</summary>
    /// <returns>Microseconds of processor time for each request, of all processes.</returns>
    private static async Task<double> Measure(
        string registry, string name, IReadOnlyList<RegistryProcess> processes, int connections, string warmUp, string script, Figures figures)
    {
        await Wrk.Run(processes[0].Address, connections, Turn, warmUp);
        var before = ProcessorTime(processes);
        var result = await Wrk.Run(processes[0].Address, connections, Turn, script);
        var each = (ProcessorTime(processes) - before).TotalMicroseconds / (result.RequestsPerSecond * Turn.TotalSeconds);
        figures.Row(
            registry, name, Figures.Number(result.RequestsPerSecond), Figures.Number(result.P50.TotalMicroseconds),
            Figures.Number(result.P99.TotalMicroseconds), Figures.Number(each), result.Failed.ToString(CultureInfo.InvariantCulture));
        return each;
    }

    private static IEnumerable<(string Name, string Script)> Questions(Random random)
    {
        yield return ("cell by point", Get(10_000, () => Question.Point(50 + (random.NextDouble() * 35), 42 + (random.NextDouble() * 12))));
        yield return ("bbox of 100", Get(300, () => Question.Box(55 + (random.NextDouble() * 22), 44.5 + (random.NextDouble() * 6), 1.1, 100)));
        // Inside one sheet, which is six degrees wide and four high; and the whole country.
        yield return (OneSheet, Get(1, () => Question.Box(67, 49, 1, 1)));
        yield return (EverySheet, Get(1, () => Question.Box(40, 40, 50, 1)));
    }

    private static string Get(int count, Func<Question> question) =>
        RequestScript.Get(Country.Scratch, Enumerable.Range(0, count).Select(_ => question().Registry).ToList());

    private static TimeSpan ProcessorTime(IEnumerable<RegistryProcess> processes) =>
        processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.ProcessorTime);

    private static async Task Register(string database)
    {
        var regime = Regimes.Kazakhstan;
        await using var journal = await PostgresJournal.Open(database, TimeProvider.System, NullLogger.Instance);
        await using var actors = new InProcessActors(regime, journal, TimeProvider.System, NullLoggerFactory.Instance);
        var country = SampleCountry.Generate(regime, SampleDeposits.Read(regime).Deposits, SampleSize.Full);
        await new SampleRegistration(regime, actors).Register(country, CancellationToken.None);
    }
}
