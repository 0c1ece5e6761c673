using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Development;

/// <summary>On a server of their own: moving the clock ends titles.</summary>
public sealed class ClockTests(RegistryServer server) : IClassFixture<RegistryServer>
{
    [Fact]
    public async Task A_title_expires_and_frees_its_ground_when_the_clock_passes_its_term()
    {
        var cells = Bodies.FreshCells(1);
        var id = (await server.ApplicantA().Apply(cells)).Id;
        var granted = await server.Registrar().Act(id, "grant");
        var lastDay = DateOnly.Parse(granted.Properties.GetProperty("expiresOn").GetString()!, null);

        var moved = await server.Operator().Post("/development/clock", $$"""{"now":"{{lastDay.AddDays(2):O}}T00:00:00Z"}""");
        Assert.True(moved.Status == 200, moved.Text);

        Assert.Equal("expired", (await server.Nobody().Get($"/license-blocks/{id}")).LifeStatus);
        await server.ApplicantB().Apply(cells);
        var back = await server.Operator().Post("/development/clock", """{"now":"2020-01-01T00:00:00Z"}""");
        Assert.Equal(["clock-goes-back"], back.IsProblem(422, "rule-broken").Rules);
    }

    [Fact]
    public async Task The_next_in_line_moves_up_when_the_wait_after_a_refusal_is_over()
    {
        var cells = Bodies.FreshCells(2);
        var first = await server.ApplicantA().Apply(cells);
        var queued = await server.ApplicantB().Post("/license-blocks", Bodies.Application(cells)[..^1] + ""","ifTaken":"queue"}""");
        var refused = await server.Registrar().Act(first.Id, "refuse", """{"reason":"Incomplete."}""");
        Assert.Equal(200, refused.Status);
        Assert.Equal("queued", (await server.Nobody().Get($"/license-blocks/{queued.Id}")).LifeStatus);

        var appliedAt = DateTimeOffset.Parse(queued.Properties.GetProperty("appliedAt").GetString()!, null);
        var moved = await server.Nobody().Post("/development/clock", $$"""{"now":"{{appliedAt.AddDays(40):yyyy-MM-ddTHH:mm:ssZ}}"}""");
        Assert.True(moved.Status == 200, moved.Text);

        Assert.Equal("applied", (await server.Nobody().Get($"/license-blocks/{queued.Id}")).LifeStatus);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"now":"tomorrow"}""")]
    [InlineData("""{"now":"2030-01-01T00:00:00"}""")]
    [InlineData("""{"now":5}""")]
    [InlineData("""{"now":"9999-12-31T23:59:59Z"}""")]
    public async Task What_is_no_instant_is_malformed(string body) =>
        Assert.Equal(["/now"], (await server.Nobody().Post("/development/clock", body)).IsProblem(400, "malformed").Pointers);
}
