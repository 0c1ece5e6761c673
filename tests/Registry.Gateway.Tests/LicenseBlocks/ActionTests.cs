using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.LicenseBlocks;

[Collection(OneServer.Name)]
public sealed class ActionTests(RegistryServer server)
{
    [Fact]
    public async Task A_life_from_application_to_surrender_stands_in_the_history()
    {
        var cells = Bodies.FreshCells(3);
        var id = (await server.ApplicantA().Apply(cells)).Id;

        var granted = await server.Registrar().Act(id, "grant");
        Assert.Equal((200, "granted", "\"2\""), (granted.Status, granted.LifeStatus, granted.ETag));
        Assert.EndsWith("-EL", granted.Properties.GetProperty("number").GetString());
        var smaller = await server.ApplicantA().Act(id, "relinquish", JsonSerializer.Serialize(new { cells = cells[2..] }));
        Assert.Equal((200, 2), (smaller.Status, smaller.Properties.GetProperty("cellCount").GetInt32()));
        var surrendered = await server.ApplicantA().Act(id, "surrender", "{}");
        Assert.Equal((200, "surrendered"), (surrendered.Status, surrendered.LifeStatus));

        var history = (await server.Nobody().Get($"/license-blocks/{id}/history")).Json.GetProperty("history").EnumerateArray().ToArray();
        Assert.Equal(["applied", "granted", "relinquished", "surrendered"], history.Select(entry => entry.GetProperty("type").GetString()));
        Assert.Equal(
            ["dev-applicant-a", "dev-registrar", "dev-applicant-a", "dev-applicant-a"],
            history.Select(entry => entry.GetProperty("by").GetString()));
        Assert.Equal(cells.Order(), history[0].GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!).Order());
        Assert.Equal(cells[2..], history[2].GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!));
        Assert.Equal(history.OrderBy(entry => entry.GetProperty("sequence").GetInt64()), history);
    }

    [Theory]
    [InlineData("refuse", """{"reason":"No programme of work."}""", "dev-registrar", "refused")]
    [InlineData("withdraw", null, "dev-applicant-a", "withdrawn")]
    public async Task An_application_that_ends_frees_its_ground(string action, string? body, string key, string status)
    {
        var cells = Bodies.FreshCells(2);
        var id = (await server.ApplicantA().Apply(cells)).Id;

        var reply = await server.As(key).Act(id, action, body);

        Assert.Equal((200, status), (reply.Status, reply.LifeStatus));
        await server.ApplicantB().Apply(cells);
    }

    [Fact]
    public async Task An_action_that_the_status_does_not_admit_is_a_wrong_status()
    {
        var id = (await server.ApplicantA().Apply(Bodies.FreshCells(1))).Id;

        (await server.ApplicantA().Act(id, "surrender")).IsProblem(409, "wrong-status");
    }

    [Fact]
    public async Task Nobody_acts_on_another_partys_license_block()
    {
        var id = (await server.ApplicantA().Apply(Bodies.FreshCells(1))).Id;

        (await server.ApplicantB().Act(id, "withdraw")).IsProblem(403, "forbidden");
        (await server.ApplicantB().Post($"/license-blocks/{id}/withdraw", null)).IsProblem(403, "forbidden");
        (await server.ApplicantA().Act(id, "grant")).IsProblem(403, "forbidden");
        (await server.Operator().Act(id, "grant")).IsProblem(403, "forbidden");
        (await server.Nobody().Act(id, "grant")).IsProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_change_needs_the_version_on_which_it_was_decided()
    {
        var id = (await server.ApplicantA().Apply(Bodies.FreshCells(1))).Id;
        var path = $"/license-blocks/{id}/grant";
        var registrar = server.Registrar();

        (await registrar.Post(path, null)).IsProblem(428, "precondition-required");
        (await registrar.Post(path, null, ifMatch: "\"7\"")).IsProblem(412, "stale");
        (await registrar.Post(path, null, ifMatch: "W/\"1\"")).IsProblem(412, "stale");
        (await registrar.Post(path, null, ifMatch: "\"abc\"")).IsProblem(412, "stale");
        (await registrar.Post(path, null, ifMatch: "1")).IsProblem(400, "malformed");
        (await registrar.Post(path, null, ifMatch: "\"1\", *")).IsProblem(400, "malformed");
        (await registrar.Post(path, null, ifMatch: "\"01\"")).IsProblem(412, "stale");
        (await registrar.Post(path, null, ifMatch: "\"2\", W/\"1\", \"001\"")).IsProblem(412, "stale");
        Assert.Equal(200, (await registrar.Post(path, null, ifMatch: "*")).Status);
    }

    [Theory]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"9\", W/\"2\", \"x\",\"1\"")]
    public async Task A_change_may_be_decided_on_any_of_several_versions(string ifMatch)
    {
        var id = (await server.ApplicantA().Apply(Bodies.FreshCells(1))).Id;
        Assert.Equal(200, (await server.Registrar().Post($"/license-blocks/{id}/grant", null, ifMatch)).Status);
        (await server.ApplicantA().Post($"/license-blocks/{id}/surrender", null, "\"1\", \"3\"")).IsProblem(412, "stale");
        Assert.Equal(200, (await server.ApplicantA().Post($"/license-blocks/{id}/surrender", null, "\"1\", \"2\"")).Status);
    }

    [Fact]
    public async Task More_versions_than_help_anybody_are_refused()
    {
        var id = (await server.ApplicantA().Apply(Bodies.FreshCells(1))).Id;
        var ifMatch = string.Join(", ", Enumerable.Range(1, 11).Select(version => $"\"{version}\""));
        (await server.Registrar().Post($"/license-blocks/{id}/grant", null, ifMatch)).IsProblem(400, "malformed");
    }

    [Theory]
    [InlineData("lb-00000000000000000000000000/grant")]
    [InlineData("lb-00000000000000000000000000/explode")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        (await server.Registrar().Post($"/license-blocks/{path}", null)).IsProblem(404, "not-found");
        (await server.Registrar().Post($"/license-blocks/{path}", null, ifMatch: "\"1\"")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task An_unknown_id_has_no_feature_and_no_history()
    {
        (await server.Nobody().Get("/license-blocks/lb-none")).IsProblem(404, "not-found");
        (await server.Nobody().Get("/license-blocks/lb-none/history")).IsProblem(404, "not-found");
    }

    [Theory]
    [InlineData("refuse", null, "/reason")]
    [InlineData("refuse", """{"reason":""}""", "/reason")]
    [InlineData("grant", """{"reason":"why not"}""", "/reason")]
    [InlineData("relinquish", "{}", "/cells")]
    [InlineData("relinquish", """{"cells":["M-43-86-(10в-5а-26)"]}""", "/cells/0")]
    public async Task A_malformed_action_changes_nothing(string action, string? body, string pointer)
    {
        var applied = await server.ApplicantA().Apply(Bodies.FreshCells(1));

        var reply = await server.Registrar().Act(applied.Id, action, body);

        Assert.Equal([pointer], reply.IsProblem(400, "malformed").Pointers);
        Assert.Equal(applied.Text, (await server.Nobody().Get($"/license-blocks/{applied.Id}")).Text);
    }
}
