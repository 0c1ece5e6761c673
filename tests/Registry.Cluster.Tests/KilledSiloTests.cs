using System.Diagnostics;
using System.Globalization;
using System.Net;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;
using Xunit.Abstractions;

namespace Registry.Cluster.Tests;

/// <summary>Silos come and go under load, two of them by SIGKILL, and nobody who was told 201 loses by it.</summary>
[Collection(PostgresTests.Name)]
public sealed class KilledSiloTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Answers = 500;

    // Beyond the ground of the random applications, so that these are free.
    private const int FreeRow = 60;

    // With the settings in docs/operating.md it takes 3 to 7 s on a quiet machine of two cores; KillsTests hold the registry to a limit.
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromMinutes(1);

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task Silos_killed_joined_and_ended_under_load_cost_no_acknowledged_application()
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server);
        await using var load = Load.On(cluster);
        await load.MoreAnswers(Answers);

        await KillAndRecover(cluster, cluster.Silos[0], 1);
        await load.MoreAnswers(Answers);
        await cluster.AddSilo();
        await KillAndRecover(cluster, cluster.Silos[1], 2);
        await load.MoreAnswers(Answers);

        await cluster.AddSilo();
        await load.MoreAnswers(Answers);
        var (repeated, unanswered) = (load.Applications.Repeated, load.Applications.UnansweredQuestions);
        Assert.Equal(0, await cluster.Silos[2].Terminate());
        await load.MoreAnswers(Answers);
        output.WriteLine($"A silo's SIGTERM: {load.Applications.Repeated - repeated} applications were sent again under their keys.");
        Assert.Equal(unanswered, load.Applications.UnansweredQuestions);

        await load.End();
        await load.NothingWasLost();
    }

    // Recovered is who answers what needs every sheet, and takes applications at every corner of four.
    private async Task KillAndRecover(RegistryCluster cluster, RegistryProcess silo, int kill)
    {
        var sinceKill = Stopwatch.StartNew();
        await silo.Kill();
        await cluster.EverySheetAnswers();
        var reading = sinceKill.Elapsed;
        using var client = cluster.Gateway.Applicant();
        await Task.WhenAll(Enumerable.Range(0, SheetCorners.Count).Select(async corner =>
        {
            using var answer = await client.ApplyUntilAnswered(
                string.Create(CultureInfo.InvariantCulture, $"kill-{kill}-{corner}"), SheetCorners.Rectangle(corner, FreeRow * kill, -1, 1, 2));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        })).WaitAsync(Deadline.OfAStep);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Kill {kill}: every sheet was read again after {reading.TotalSeconds:0.0} s, written after {sinceKill.Elapsed.TotalSeconds:0.0} s."));
        Assert.InRange(sinceKill.Elapsed, TimeSpan.Zero, RecoveryLimit);
    }
}
