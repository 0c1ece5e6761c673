using System.Diagnostics;
using Registry.Actors.Journal;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>Silos come and go under load, one of them by SIGKILL, and nobody who was told 201 loses by it.</summary>
[Collection(PostgresTests.Name)]
public sealed class KilledSiloTests(PostgresFixture postgres)
{
    private const int Answers = 200;

    // Two missed probes of a second, the vote, and one call of a gateway that waited its 5 s for a silo that was no more.
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(60);

    [PostgresFact]
    public async Task A_killed_silo_costs_no_acknowledged_application()
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server);
        var applications = new RandomApplications();
        using var stop = new CancellationTokenSource();
        var load = applications.Run(cluster.Gateway, stop.Token);
        await MoreAnswers();

        var sinceKill = Stopwatch.StartNew();
        await cluster.Silos[0].Kill();
        await cluster.EverySheetAnswers(StepLimit);
        Assert.InRange(sinceKill.Elapsed, TimeSpan.Zero, RecoveryLimit);
        await MoreAnswers();

        await cluster.AddSilo();
        await MoreAnswers();
        Assert.Equal(0, await cluster.Silos[1].Terminate());
        await MoreAnswers();
        await stop.CancelAsync();
        await load.WaitAsync(StepLimit);

        applications.NoCellWasGivenTwice();
        await applications.EveryGrantIsThere(cluster.Gateway);
        await using var journal = await PostgresJournal.Open(cluster.Database, TimeProvider.System);
        var report = await Verification.Run(journal);
        Assert.Empty(report.Faults);
        Assert.InRange(report.Entries, applications.Granted, long.MaxValue);

        // A client that fails ends the load, and the answers would never come: whichever ends first.
        async Task MoreAnswers() => await await Task.WhenAny(load, applications.MoreAnswers(Answers)).WaitAsync(StepLimit);
    }
}
