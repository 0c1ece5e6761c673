using Registry.Gateway.Tests.Imports;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Limits;

/// <summary>How many undecided applications a party may have.</summary>
public sealed class UndecidedQuotaTests : IAsyncLifetime
{
    private const int Most = 4;

    private readonly RegistryServer _server = RegistryServer.Set($"--Registry:MostUndecided={Most}");

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Of_applications_sent_at_once_as_many_are_filed_as_the_party_may_have()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            _server.ApplicantA().Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)))));

        Assert.Equal(Most, replies.Count(reply => reply.Status == 201));
        Assert.All(replies.Where(reply => reply.Status != 201), reply =>
            Assert.Equal(["too-many-undecided"], reply.IsProblem(422, "rule-broken").Rules));
        // Each party has its own, and a registrar who files for one is not bound by it.
        await _server.ApplicantB().Apply(Bodies.FreshCells(1));
        var filed = await _server.Registrar().Post("/license-blocks", $$"""
            {"kind":"exploration","cells":["{{Bodies.FreshCells(1)[0]}}"],"commodities":["lithium"],"holder":"party-dev-a"}
            """);
        Assert.Equal(201, filed.Status);
    }

    [Fact]
    public async Task Each_that_is_decided_or_withdrawn_makes_room_for_one()
    {
        var client = _server.ApplicantB();
        var ids = new List<string>();
        for (var i = 0; i < Most; i++)
            ids.Add((await client.Apply(Bodies.FreshCells(1))).Id);

        Assert.Equal(422, await Apply(client));
        Assert.Equal(200, (await client.Act(ids[0], "withdraw")).Status);
        Assert.Equal(201, await Apply(client));
        Assert.Equal(200, (await _server.Registrar().Act(ids[1], "grant")).Status);
        Assert.Equal(200, (await _server.Registrar().Act(ids[2], "refuse", """{"reason":"made up"}""")).Status);
        // A title that is given up was decided before.
        Assert.Equal(200, (await client.Act(ids[1], "surrender")).Status);
        Assert.Equal(201, await Apply(client));
        Assert.Equal(201, await Apply(client));
        Assert.Equal(422, await Apply(client));
    }

    [Fact]
    public async Task Imports_are_bound_by_it_too()
    {
        var file = ImportClient.Collection(Enumerable.Range(0, Most + 2).Select(_ => ImportClient.FreshBlock(1)));

        var together = await _server.ApplicantA().ImportToEnd(file, query: "collection=license-blocks&mode=file");
        var each = await _server.ApplicantA().ImportToEnd(file, query: "collection=license-blocks&mode=feature");

        Assert.Equal((0, Most), (together.Count("registered"), each.Count("registered")));
        Assert.Contains("too-many-undecided", together.ToString(), StringComparison.Ordinal);
        Assert.Contains("too-many-undecided", each.ToString(), StringComparison.Ordinal);
    }

    private static async Task<int> Apply(RegistryClient client) =>
        (await client.Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)))).Status;
}
