using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Objects;

/// <summary>What was acknowledged is there when the registry comes back, and is not done again.</summary>
[Collection(OneServer.Name)]
public sealed class RestartTests(DurableServer server) : IClassFixture<DurableServer>
{
    private const int Connections = 16;

    [Fact]
    public async Task Sixteen_connections_with_one_key_file_one_application_also_after_a_restart()
    {
        var body = Bodies.Application(Bodies.FreshCells(3));
        var key = Guid.NewGuid().ToString();
        var before = await AskFromEveryConnection(body, key);
        await server.Restart();
        var after = await AskFromEveryConnection(body, key);
        Assert.Single(before.Concat(after).Select(reply => reply.Text).Distinct());

        var history = await server.Nobody().Get($"/license-blocks/{before[0].Id}/history");
        Assert.Single(history.Json.GetProperty("history").EnumerateArray());
        var other = await server.Applicant().Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)), idempotencyKey: key);
        other.IsProblem(422, "idempotency-key-reused");
    }

    private async Task<Reply[]> AskFromEveryConnection(string body, string key)
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => server.Applicant().Post("/license-blocks", body, idempotencyKey: key)));
        Assert.All(replies, reply => Assert.Equal(201, reply.Status));
        return replies;
    }
}
