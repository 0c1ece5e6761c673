using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>The cluster without its database says so, and comes back by itself.</summary>
[Collection(PostgresTests.Name)]
public sealed class DatabaseOutageTests(PostgresFixture postgres, SharedCluster shared) : IClassFixture<SharedCluster>
{
    private const int Answers = 300;

    // Beyond the ground of the random applications.
    private const int FreeRow = 60;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task Postgres_gone_and_back()
    {
        var cluster = await shared.Whole();
        using var client = cluster.Gateway.Applicant();
        using var before = await client.Apply("before", SheetCorners.Rectangle(0, FreeRow, 0, 2, 2));
        Assert.Equal(HttpStatusCode.Created, before.StatusCode);

        await postgres.Server.Stop();
        try
        {
            using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
            for (var since = Stopwatch.StartNew(); since.Elapsed < Outage; await second.WaitForNextTickAsync())
                await SaysThatItIsAway(cluster, client);
        }
        finally
        {
            await postgres.Server.Start();
        }

        foreach (var process in cluster.Silos.Append(cluster.Gateway))
            await UntilReady(process);
        // Who is ready takes writes: asked once.
        using var after = await client.Apply("meanwhile", SheetCorners.Rectangle(1, FreeRow, 0, 2, 2));
        Assert.Equal(HttpStatusCode.Created, after.StatusCode);
        var there = await client.GetFromJsonAsync<JsonElement>(before.Headers.Location);
        Assert.Equal("applied", there.GetProperty("properties").GetProperty("status").GetString());
    }

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task Postgres_restarted_under_load_costs_no_acknowledged_application()
    {
        var cluster = await shared.Whole();
        await using var load = Load.On(cluster);
        await load.MoreAnswers(Answers);

        await postgres.Server.Restart();

        await load.MoreAnswers(Answers);
        await load.End();
        await load.NothingWasLost();
    }

    private static async Task SaysThatItIsAway(RegistryCluster cluster, HttpClient client)
    {
        using var refused = await client.Apply("meanwhile", SheetCorners.Rectangle(1, FreeRow, 0, 2, 2));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(refused.Headers.RetryAfter);
        foreach (var process in cluster.Silos.Append(cluster.Gateway))
        {
            Assert.Equal(HttpStatusCode.OK, await Health(process, "live"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Health(process, "ready"));
        }
    }

    private static async Task<HttpStatusCode> Health(RegistryProcess process, string what)
    {
        using var client = process.Client();
        using var answer = await client.GetAsync(new Uri($"/healthz/{what}", UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task UntilReady(RegistryProcess process)
    {
        using var late = new CancellationTokenSource(Deadline.OfAStep);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await Health(process, "ready") != HttpStatusCode.OK)
            await again.WaitForNextTickAsync(late.Token);
    }
}
