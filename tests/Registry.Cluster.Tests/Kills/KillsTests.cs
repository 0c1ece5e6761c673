using System.Globalization;
using System.Net;
using Registry.Actors.Journal;
using Registry.Storage.Tests.Postgres;
using Xunit.Abstractions;

namespace Registry.Cluster.Tests.Kills;

/// <summary>
/// Parts of a cluster of three silos and two gateways are killed under load, one after the other, and started anew. Every answer is 2xx,
/// 4xx or 503; nothing acknowledged is lost, no cell has two owners, and <c>registry verify</c> finds no fault. <c>REGISTRY_KILLS</c> says
/// another number than a hundred, for a trial.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class KillsTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int MoreBetweenKills = 100;

    // What is promised of a machine that has its processors to itself.
    private static readonly TimeSpan SlowestApplication = TimeSpan.FromSeconds(20);

    [PostgresFact(Timeout = KillDeadline.OfAHandful)]
    public Task One_kill_of_each_kind_costs_nothing_that_was_acknowledged() =>
        Carry(Enum.GetValues<KillKind>(), KillDeadline.OfAStep);

    [PostgresFact(Timeout = KillDeadline.OfAHundred)]
    [Trait("Category", "Long")]
    public Task A_hundred_kills_cost_nothing_that_was_acknowledged_and_no_application_20_seconds()
    {
        KillKind[] kills =
        [
            .. Enumerable.Repeat(KillKind.OneSilo, 40),
            .. Enumerable.Repeat(KillKind.TwoSilos, 15),
            .. Enumerable.Repeat(KillKind.SiloAskedToEnd, 15),
            .. Enumerable.Repeat(KillKind.Gateway, 15),
            .. Enumerable.Repeat(KillKind.Database, 15),
        ];
        new Random(1).Shuffle(kills);
        var count = int.TryParse(Environment.GetEnvironmentVariable("REGISTRY_KILLS"), CultureInfo.InvariantCulture, out var given) ? given : kills.Length;
        return Carry(kills[..count], SlowestApplication);
    }

    private async Task Carry(IReadOnlyCollection<KillKind> kills, TimeSpan slowest)
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server, gateways: 2);
        await using var load = new KillLoad(cluster);
        await load.MoreKnown(MoreBetweenKills);
        var random = new Random(2);
        var done = new List<KillKind>();
        foreach (var kill in kills)
        {
            load.Now(kill);
            await Carry(kill, cluster, random);
            await cluster.Restore();
            load.Find(cluster);
            await load.MoreKnown(MoreBetweenKills);
            done.Add(kill);
            // Kept each time: a run that is broken off has measured something too.
            await Measured.Keep("kills", new KillReport(done, load).Text);
        }

        await load.End();
        output.WriteLine(new KillReport(done, load).Text);
        await load.NothingWasLost();
        await load.NoCellHasTwoOwners();
        await using var journal = await cluster.OpenJournal();
        Assert.Empty((await Verification.Run(journal)).Faults);
        Assert.DoesNotContain(load.Answers.Keys, status => status >= HttpStatusCode.InternalServerError && status != HttpStatusCode.ServiceUnavailable);
        Assert.InRange(load.Known.Max(known => known.Took), TimeSpan.Zero, slowest);
    }

    private async Task Carry(KillKind kind, RegistryCluster cluster, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        switch (kind)
        {
            case KillKind.OneSilo:
                await silo.Kill();
                break;
            case KillKind.TwoSilos:
                await Task.WhenAll(cluster.Silos.Where(other => other != silo).Select(other => other.Kill()));
                break;
            case KillKind.SiloAskedToEnd:
                Assert.Equal(0, await silo.Terminate());
                break;
            case KillKind.Gateway:
                await cluster.Gateways[random.Next(cluster.Gateways.Count)].Kill();
                break;
            case KillKind.Database:
                await postgres.Server.Restart();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kill.");
        }
    }
}

/// <summary>When a test that hangs fails.</summary>
internal static class KillDeadline
{
    /// <summary>Of a handful of kills, in milliseconds.</summary>
    public const int OfAHandful = 10 * 60 * 1000;

    /// <summary>Of a hundred, in milliseconds.</summary>
    public const int OfAHundred = 3 * 60 * 60 * 1000;

    /// <summary>Of one thing that is waited for.</summary>
    public static readonly TimeSpan OfAStep = TimeSpan.FromMinutes(2);
}

/// <summary>What kills cost, as a table in Markdown.</summary>
/// <param name="Kills">What was killed.</param>
/// <param name="Load">What was asked meanwhile.</param>
internal sealed record KillReport(IReadOnlyCollection<KillKind> Kills, KillLoad Load)
{
    public string Text => string.Join(Environment.NewLine, (IEnumerable<string>)
    [
        string.Create(CultureInfo.InvariantCulture, $"{Kills.Count} kills, 16 clients, three silos, two gateways: {Load.Known.Count} applications, {Load.Granted} acknowledged."),
        $"Answers: {string.Join(", ", Load.Answers.OrderBy(answer => answer.Key).Select(answer => string.Create(CultureInfo.InvariantCulture, $"{answer.Value} of {(int)answer.Key}")))}; {Load.Unanswered} times none.",
        "",
        "| what was killed | kills | applications | median | 99 % | slowest |",
        "|---|---|---|---|---|---|",
        .. Kills.Distinct().Order().Select(Line),
    ]);

    private string Line(KillKind kind)
    {
        var took = Load.Known.Where(known => known.Kill == kind).Select(known => known.Took.TotalSeconds).Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {NameOf(kind)} | {Kills.Count(kill => kill == kind)} | {took.Length} | {took[took.Length / 2]:0.00} s | {took[took.Length * 99 / 100]:0.00} s | {took[^1]:0.0} s |");
    }

    private static string NameOf(KillKind kind) => kind switch
    {
        KillKind.OneSilo => "one silo of three",
        KillKind.TwoSilos => "two silos of three at once",
        KillKind.SiloAskedToEnd => "one silo, by SIGTERM",
        KillKind.Gateway => "one gateway of two",
        KillKind.Database => "the database, started again at once",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kill."),
    };
}
