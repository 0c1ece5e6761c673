using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Objects;

[Collection(OneServer.Name)]
public sealed class IdempotencyTests(RegistryServer server)
{
    [Fact]
    public async Task The_same_key_sent_sixteen_times_at_once_has_one_effect_and_one_answer()
    {
        var body = Bodies.Application(Bodies.FreshCells(2));
        var key = Guid.NewGuid().ToString();

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => server.ApplicantA().Post("/license-blocks", body, idempotencyKey: key)));

        Assert.All(replies, reply => Assert.Equal(201, reply.Status));
        Assert.Single(replies.Select(reply => reply.Text).Distinct());
        Assert.Single(replies.Select(reply => reply.Headers["Location"]).Distinct());
        Assert.Equal(15, replies.Count(IsReplayed));
    }

    [Fact]
    public async Task The_answer_stays_what_it_was_after_the_object_changed()
    {
        var body = Bodies.Application(Bodies.FreshCells(1));
        var first = await server.ApplicantA().Post("/license-blocks", body, idempotencyKey: "stays");
        await server.Registrar().Act(first.Id, "grant");

        var again = await server.ApplicantA().Post("/license-blocks", body, idempotencyKey: "stays");

        Assert.Equal((201, first.Text, "\"1\""), (again.Status, again.Text, again.ETag));
        Assert.Equal((false, true), (IsReplayed(first), IsReplayed(again)));
    }

    [Fact]
    public async Task An_action_repeated_under_its_key_gives_its_answer_again()
    {
        var id = (await server.ApplicantA().Apply(Bodies.FreshCells(1))).Id;

        var first = await server.Registrar().Post($"/license-blocks/{id}/grant", null, "\"1\"", "grant-once");
        var again = await server.Registrar().Post($"/license-blocks/{id}/grant", null, "\"1\"", "grant-once");

        Assert.Equal(200, first.Status);
        Assert.Equal((200, first.Text), (again.Status, again.Text));
        Assert.Equal((false, true), (IsReplayed(first), IsReplayed(again)));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await server.ApplicantA().Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)), idempotencyKey: "reused");

        var reply = await server.ApplicantA().Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)), idempotencyKey: "reused");

        reply.IsProblem(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("", "?x=1")]
    [InlineData("?x=1", "?x=2")]
    [InlineData("?x=1", "")]
    [InlineData("?x=1", "?x=1&")]
    public async Task The_same_key_with_another_query_is_refused(string first, string second)
    {
        var (body, key) = (Bodies.Application(Bodies.FreshCells(1)), Guid.NewGuid().ToString());
        Assert.Equal(201, (await server.ApplicantA().Post($"/license-blocks{first}", body, idempotencyKey: key)).Status);

        (await server.ApplicantA().Post($"/license-blocks{second}", body, idempotencyKey: key)).IsProblem(422, "idempotency-key-reused");
        Assert.Equal(201, (await server.ApplicantA().Post($"/license-blocks{first}", body, idempotencyKey: key)).Status);
    }

    [Fact]
    public async Task Two_callers_may_choose_the_same_key()
    {
        var a = await server.ApplicantA().Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)), idempotencyKey: "shared");
        var b = await server.ApplicantB().Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)), idempotencyKey: "shared");

        Assert.Equal((201, 201), (a.Status, b.Status));
        Assert.NotEqual(a.Id, b.Id);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("two words")]
    [InlineData(256)]
    public async Task A_key_that_is_no_key_is_malformed(object key)
    {
        var text = key is int length ? new string('k', length) : (string)key;
        var reply = await server.ApplicantA().Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)), idempotencyKey: text);

        Assert.Equal(["Idempotency-Key"], reply.IsProblem(400, "malformed").Pointers);
    }

    private static bool IsReplayed(Reply reply) => reply.Headers.GetValueOrDefault("Idempotency-Replayed") == "true";
}
