using System.Text;
using System.Text.Json;
using Registry.Gateway.Requests;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Costs;

/// <summary>Objects of very many members: refused at a number of them, wherever in a body they stand.</summary>
[Collection(OneServer.Name)]
public sealed class MembersTests(RegistryServer server)
{
    [Theory]
    [InlineData("/cells/check")]
    [InlineData("/free-areas")]
    [InlineData("/collections/license-blocks/search")]
    public async Task A_body_of_sixty_thousand_members_is_malformed(string address) =>
        (await server.Nobody().Post(address, Members(60_000))).IsProblem(400, "malformed");

    [Fact]
    public async Task So_is_one_of_a_member_sixty_thousand_times_and_one_whose_inner_objects_have_them()
    {
        var twice = "{" + string.Join(",", Enumerable.Repeat("\"cells\":1", 60_000)) + "}";
        (await server.Nobody().Post("/cells/check", twice)).IsProblem(400, "malformed");
        var inner = string.Join(",", Enumerable.Repeat(Members(1_000), 60));
        (await server.Registrar().Post("/deposits", $$"""{"name":"n","sources":[{{inner}}]}""")).IsProblem(400, "malformed");
        var patch = await server.Registrar().Send(HttpMethod.Patch, $"/deposits/dep-{new string('0', 26)}", RegistryClient.Content(Members(60_000), "application/merge-patch+json"), ("If-Match", "*"));
        Assert.Equal(400, patch.Status);
    }

    [Fact]
    public void Reading_them_costs_no_more_than_a_loop_over_them()
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(Members(60_000)));

        // Looking each name up in a list of those before took 9 s of CPU, a hundred times the calibration.
        Assert.InRange(CpuTime.Of(() => new Members(document.RootElement, "", new Faults()).RefuseOthers()), TimeSpan.Zero, CpuTime.Calibration);
    }

    private static string Members(int count) => "{" + string.Join(",", Enumerable.Range(0, count).Select(i => $"\"{i:D5}\":1")) + "}";
}
