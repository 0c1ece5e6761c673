using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>An idempotency key has one effect in the cluster as in the single process.</summary>
[Collection(PostgresTests.Name)]
public sealed class IdempotencyTests(PostgresFixture postgres)
{
    private const int Connections = 16;

    // On the corner itself: four sheets are asked.
    private static readonly string[] Cells = SheetCorners.Rectangle(1, -1, -1, 2, 2);

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task Sixteen_connections_with_one_key_file_one_application_also_after_the_gateway_restarts()
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server);
        var before = await AskFromEveryConnection(cluster.Gateway);
        await cluster.RestartGateway();
        var after = await AskFromEveryConnection(cluster.Gateway);
        var answer = Assert.Single(before.Concat(after).Distinct());

        using var client = cluster.Gateway.Applicant();
        var items = await client.GetFromJsonAsync<JsonElement>("/collections/license-blocks/items");
        Assert.Equal(1, items.GetProperty("numberMatched").GetInt32());
        var id = JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString();
        var history = await client.GetFromJsonAsync<JsonElement>($"/license-blocks/{id}/history");
        Assert.Single(history.GetProperty("history").EnumerateArray());

        using var other = await client.Apply("the-one-key", SheetCorners.Rectangle(2, 0, 0, 1, 1));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        var problem = await other.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("/problems/idempotency-key-reused", problem.GetProperty("type").GetString());
    }

    private static async Task<string[]> AskFromEveryConnection(RegistryProcess registry) =>
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var client = registry.Applicant();
            using var answer = await client.Apply("the-one-key", Cells);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }));
}
