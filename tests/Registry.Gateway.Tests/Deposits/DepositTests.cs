using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Deposits;

[Collection(OneServer.Name)]
public sealed class DepositTests(RegistryServer server)
{
    private const string Estimate = """
        {"code":"KAZRC","category":"indicated","tonnage":12.5,"tonnageUnit":"Mt","effectiveDate":"2024-06-30",
         "grades":[{"commodity":"Cu","value":0.45,"unit":"%"}],"competentPerson":"A. Person"}
        """;

    [Fact]
    public async Task A_deposit_tells_the_license_blocks_whose_ground_holds_it()
    {
        var (south, west) = Bodies.FreshCorner();
        var title = await server.ApplicantA().Apply(Bodies.CodeAt(south, west));

        var created = await Register(south, west);

        Assert.Equal(201, created.Status);
        Assert.Equal($"/deposits/{created.Id}", created.Headers["Location"]);
        Assert.Equal([title.Id], created.Properties.GetProperty("licenseBlocks").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(["copper"], created.Properties.GetProperty("commodities").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(created.Text, (await server.Nobody().Get($"/deposits/{created.Id}")).Text);
    }

    [Fact]
    public async Task A_polygon_holds_a_deposit_by_its_edge_and_not_by_the_cells_that_it_claims()
    {
        var (south, west) = Bodies.FreshCorner();
        var ground = Bodies.Rectangle(south + 0.6, west + 0.6, south + 0.9, west + 0.9);
        Assert.Equal(201, (await server.ApplicantA().Post("/license-blocks", $$"""{"kind":"mining","geometry":{{ground}}}""")).Status);

        var created = await Register(south - 0.4, west - 0.4);

        Assert.Equal(0, created.Properties.GetProperty("licenseBlocks").GetArrayLength());
    }

    [Fact]
    public async Task A_merge_patch_changes_what_it_names_and_leaves_the_rest()
    {
        var (south, west) = Bodies.FreshCorner();
        var id = (await Register(south, west)).Id;

        (await server.Registrar().Patch($"/deposits/{id}", """{"name":"New"}""")).IsProblem(428, "precondition-required");
        var wrongType = await server.Registrar().Patch($"/deposits/{id}", """{"name":"New"}""", "\"1\"", "application/json");
        Assert.Equal("application/merge-patch+json", wrongType.IsProblem(415, "unsupported-media-type").Headers["Accept-Patch"]);
        var patched = await server.Registrar().Patch($"/deposits/{id}", """{"name":"New","otherNames":null,"status":"developed"}""", "\"1\"");

        Assert.Equal((200, "\"2\""), (patched.Status, patched.ETag));
        Assert.Equal("New", patched.Properties.GetProperty("name").GetString());
        Assert.Equal("developed", patched.LifeStatus);
        Assert.Equal(0, patched.Properties.GetProperty("otherNames").GetArrayLength());
        Assert.Equal("copper", patched.Properties.GetProperty("commodities")[0].GetString());
        (await server.Registrar().Patch($"/deposits/{id}", """{"name":"Old"}""", "\"1\"")).IsProblem(412, "stale");
        Assert.Equal("\"3\"", (await server.Registrar().Patch($"/deposits/{id}", """{"name":"Newer"}""", "*")).ETag);
        (await server.Registrar().Patch("/deposits/dep-none", """{"name":"Newer"}""", "*")).IsProblem(404, "not-found");
    }

    [Theory]
    [InlineData("""{"name":null}""", "/name")]
    [InlineData("""{"geometry":null}""", "/geometry")]
    [InlineData("""{"estimates":[]}""", "/estimates")]
    [InlineData("""{"status":"rich"}""", "/status")]
    public async Task A_patch_that_a_deposit_cannot_take_is_malformed(string patch, string pointer)
    {
        var (south, west) = Bodies.FreshCorner();
        var id = (await Register(south, west)).Id;

        Assert.Equal([pointer], (await server.Registrar().Patch($"/deposits/{id}", patch, "\"1\"")).IsProblem(400, "malformed").Pointers);
    }

    [Fact]
    public async Task An_estimate_is_kept_as_its_report_states_it()
    {
        var (south, west) = Bodies.FreshCorner();
        var id = (await Register(south, west)).Id;

        var reply = await server.Registrar().Post($"/deposits/{id}/estimates", Estimate, "\"1\"");

        Assert.Equal(201, reply.Status);
        var estimate = Assert.Single(reply.Properties.GetProperty("estimates").EnumerateArray());
        Assert.Equal("KAZRC", estimate.GetProperty("code").GetString());
        Assert.Equal(12.5m, estimate.GetProperty("tonnage").GetDecimal());
        Assert.Equal("copper", estimate.GetProperty("grades")[0].GetProperty("commodity").GetString());
        var bad = await server.Registrar().Post($"/deposits/{id}/estimates", Estimate.Replace("0.45", "1e999", StringComparison.Ordinal), "\"2\"");
        Assert.Equal(["/grades/0/value"], bad.IsProblem(400, "malformed").Pointers);
    }

    private Task<Reply> Register(double south, double west)
    {
        var (lon, lat) = ((west + 0.5) / 60, (south + 0.5) / 60);
        return server.Registrar().Post("/deposits", FormattableString.Invariant(
            $$$"""{"name":"Test","otherNames":["Probe"],"status":"prospect","geometry":{"type":"Point","coordinates":[{{{lon:R}}},{{{lat:R}}}]},"commodities":["Cu"]}"""));
    }
}
