using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.OpenGround;

[Collection(OneServer.Name)]
public class FreeAreaTests(RegistryServer server)
{
    [Fact]
    public async Task Free_ground_around_a_title_hangs_together_over_sheet_edges()
    {
        // Six cells by six where four sheets meet, at 48 N, 78 E; a title takes a whole row of them.
        await server.ApplicantA().Apply([.. Enumerable.Range(0, 6).Select(step => Bodies.CodeAt((48 * 60) - 1, (78 * 60) - 3 + step))]);
        var areas = await Find("/free-areas?bbox=77.95,47.95,78.05,48.05");
        Assert.Equal([18, 12], areas.Select(Cells));
        Assert.Equal(new[] { 18 }, (await Find("/free-areas?bbox=77.95,47.95,78.05,48.05&minCells=13")).Select(Cells));
        Assert.Equal(new[] { 18 }, (await Find("/free-areas?bbox=77.95,47.95,78.05,48.05&limit=1")).Select(Cells));
        var polygon = Bodies.Rectangle((48 * 60) - 3, (78 * 60) - 3, (48 * 60) + 3, (78 * 60) + 3);
        var posted = await server.Nobody().Post("/free-areas", $$"""{"geometry": {{polygon}}, "minCells": 12}""");
        Assert.Equal(200, posted.Status);
        Assert.Equal([18, 12], posted.Json.GetProperty("features").EnumerateArray().Select(Cells));
        Assert.Equal(2, posted.Json.GetProperty("numberMatched").GetInt32());
    }

    [Fact]
    public async Task Ground_near_a_deposit_of_the_commodity_comes_with_it()
    {
        var reply = await server.Registrar().Post("/deposits",
            """{"name": "Lithium hill", "status": "prospect", "commodities": ["lithium"], "geometry": {"type": "Point", "coordinates": [66.008, 49.008]}}""");
        Assert.Equal(201, reply.Status);
        var areas = await Find("/free-areas?commodity=lithium&nearKm=5");
        var area = Assert.Single(areas);
        // About pi * 25 km2 of cells of 2.2 km2, and those that the circle cuts.
        Assert.InRange(Cells(area), 36, 62);
        var deposit = Assert.Single(area.GetProperty("properties").GetProperty("deposits").EnumerateArray());
        Assert.Equal((reply.Id, 0.0), (deposit.GetProperty("id").GetString(), deposit.GetProperty("distanceKm").GetDouble()));
        Assert.Empty(await Find("/free-areas?commodity=tantalum&nearKm=5"));
    }

    [Fact]
    public async Task Ground_beside_a_restriction_area_is_kept_clear_of()
    {
        var square = Bodies.Rectangle(47 * 60, 68 * 60, (47 * 60) + 2, (68 * 60) + 2);
        var reply = await server.Registrar().Post("/areas",
            $$"""{"name": "Reserve", "effect": "consent", "geometry": {{square}}, "legalBasis": "test"}""");
        Assert.Equal(201, reply.Status);
        const string box = "bbox=67.8,46.8,68.2333,47.2333";
        var all = Cells(Assert.Single(await Find($"/free-areas?{box}")));
        var clear = Cells(Assert.Single(await Find($"/free-areas?{box}&clearKm=3")));
        // The square and 3 km around it: about (3.7 + 6) x (2.5 + 6) km less the corners, in cells of 2.35 km2.
        Assert.InRange(all - clear, 30, 60);
    }

    [Theory]
    [InlineData("bbox=1,2,3", "bbox")]
    [InlineData("minCells=0", "minCells")]
    [InlineData("minCells=1.5", "minCells")]
    [InlineData("clearKm=-1", "clearKm")]
    [InlineData("clearKm=NaN", "clearKm")]
    [InlineData("commodity=unobtainium", "commodity")]
    [InlineData("nearKm=101", "nearKm")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=0", "limit")]
    [InlineData("shape=round", "shape")]
    public async Task A_malformed_parameter_is_named(string query, string parameter) =>
        Assert.Equal([parameter], (await server.Nobody().Get($"/free-areas?{query}")).IsProblem(400, "malformed").Pointers);

    [Theory]
    [InlineData("""{}""", "/geometry")]
    [InlineData("""{"geometry": {"type": "Point", "coordinates": [70, 48]}}""", "/geometry/type")]
    [InlineData("""{"geometry": null, "minCells": "x", "depth": 3}""", "/geometry")]
    public async Task A_malformed_body_is_pointed_at(string body, string pointer) =>
        Assert.Contains(pointer, (await server.Nobody().Post("/free-areas", body)).IsProblem(400, "malformed").Pointers);

    private async Task<List<JsonElement>> Find(string address)
    {
        var reply = await server.Nobody().Get(address);
        Assert.True(reply.Status == 200, reply.Text);
        Assert.Equal("application/geo+json", reply.MediaType);
        return [.. reply.Json.GetProperty("features").EnumerateArray()];
    }

    private static int Cells(JsonElement area) => area.GetProperty("properties").GetProperty("cellCount").GetInt32();
}
