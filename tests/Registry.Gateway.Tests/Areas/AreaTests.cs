using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Areas;

[Collection(OneServer.Name)]
public sealed class AreaTests(RegistryServer server)
{
    [Fact]
    public async Task An_area_keeps_titles_off_the_cells_that_lie_wholly_in_it()
    {
        var (south, west) = Bodies.FreshCorner();
        var geometry = Bodies.Rectangle(south - 0.2, west - 0.2, south + 1.2, west + 2.5);

        var area = await server.Registrar().Post("/areas",
            $$"""{"name":"Reserve","effect":"exclude","geometry":{{geometry}},"legalBasis":"Art. 25"}""");

        Assert.Equal(201, area.Status);
        Assert.Equal(2, area.Properties.GetProperty("cellCount").GetInt32());
        Assert.Equal(area.Text, (await server.Nobody().Get(area.Headers["Location"])).Text);
        var refused = await server.ApplicantA().Post("/license-blocks", Bodies.Application(Bodies.CodeAt(south, west)));
        Assert.Equal(["restricted-ground"], refused.IsProblem(422, "rule-broken").Rules);
        await server.ApplicantA().Apply(Bodies.CodeAt(south, west + 2));
    }

    [Fact]
    public async Task A_buffer_reaches_as_far_as_it_says()
    {
        // A cell at 50 N is 1,190 m wide and 1,850 m tall; its corner is 1,100 m from its middle.
        var (south, west) = Bodies.FreshCorner();
        var (lon, lat) = ((west + 0.5) / 60, (south + 0.5) / 60);

        async Task<int> CellsWithin(int metres) => (await server.Registrar().Post("/areas", FormattableString.Invariant(
            $$$"""{"name":"Well","effect":"condition","geometry":{"type":"Point","coordinates":[{{{lon:R}}},{{{lat:R}}}]},"bufferMetres":{{{metres}}},"legalBasis":"Art. 25"}""")))
            .Properties.GetProperty("cellCount").GetInt32();

        Assert.Equal(0, await CellsWithin(0));
        Assert.Equal(0, await CellsWithin(1050));
        Assert.Equal(1, await CellsWithin(1150));
    }

    [Theory]
    [InlineData("bufferMetres", "-1")]
    [InlineData("bufferMetres", "50001")]
    [InlineData("bufferMetres", "\"1\"")]
    [InlineData("validFrom", "\"2027-02-30\"")]
    [InlineData("validTo", "\"1999-01-01\"")]
    [InlineData("effect", "\"forbid\"")]
    [InlineData("legalBasis", "\" \"")]
    public async Task A_malformed_area_names_the_member(string member, string value)
    {
        var members = new Dictionary<string, string>
        {
            ["name"] = "\"Reserve\"",
            ["effect"] = "\"exclude\"",
            ["geometry"] = Bodies.Rectangle(2940, 4380, 2941, 4381),
            ["legalBasis"] = "\"Art. 25\"",
            ["validFrom"] = "\"2027-01-01\"",
            [member] = value,
        };
        var body = "{" + string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}")) + "}";

        Assert.Equal([$"/{member}"], (await server.Registrar().Post("/areas", body)).IsProblem(400, "malformed").Pointers);
    }

    [Fact]
    public async Task An_unknown_area_is_not_found() => (await server.Nobody().Get("/areas/area-none")).IsProblem(404, "not-found");
}
