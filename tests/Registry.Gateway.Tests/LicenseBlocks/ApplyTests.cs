using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.LicenseBlocks;

[Collection(OneServer.Name)]
public sealed class ApplyTests(RegistryServer server)
{
    [Fact]
    public async Task An_application_is_a_Feature_at_its_address_with_its_place_in_the_order_of_filing()
    {
        var cells = Bodies.FreshCells(3);
        var reply = await server.ApplicantA().Apply(cells);

        Assert.Equal("application/geo+json", reply.MediaType);
        Assert.Equal($"/license-blocks/{reply.Id}", reply.Headers["Location"]);
        Assert.Equal("\"1\"", reply.ETag);
        Assert.Equal("applied", reply.LifeStatus);
        Assert.Equal("party-dev-a", reply.Properties.GetProperty("holder").GetProperty("id").GetString());
        Assert.Equal(cells.Order(), reply.Properties.GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!).Order());
        Assert.True(reply.Properties.GetProperty("sequence").GetInt64() > 0);

        var read = await server.Nobody().Get(reply.Headers["Location"]);
        Assert.Equal(200, read.Status);
        Assert.Equal(reply.Text, read.Text);
    }

    [Fact]
    public async Task Who_has_the_version_gets_304_and_HEAD_gets_the_headers_alone()
    {
        var reply = await server.ApplicantA().Apply(Bodies.FreshCells(1));
        var path = $"/license-blocks/{reply.Id}";

        var known = await server.Nobody().Get(path, ifNoneMatch: "W/\"1\"");
        Assert.Equal((304, ""), (known.Status, known.Text));
        Assert.Equal(200, (await server.Nobody().Get(path, ifNoneMatch: "\"2\"")).Status);
        var head = await server.Nobody().Send(HttpMethod.Head, path, null);
        Assert.Equal((200, ""), (head.Status, head.Text));
        Assert.Equal("\"1\"", head.ETag);
        Assert.Equal(reply.Headers["Content-Length"], head.Headers["Content-Length"]);
    }

    [Fact]
    public async Task Taken_ground_names_each_cell_and_who_claims_it()
    {
        var cells = Bodies.FreshCells(3);
        var first = await server.ApplicantA().Apply(cells[..2]);

        var reply = await server.ApplicantB().Post("/license-blocks", Bodies.Application(cells));

        reply.IsProblem(409, "ground-taken");
        var conflicts = reply.Json.GetProperty("conflicts").EnumerateArray().ToArray();
        Assert.Equal(cells[..2].Order(), conflicts.Select(conflict => conflict.GetProperty("cell").GetString()!).Order());
        Assert.All(conflicts, conflict => Assert.Equal(first.Id, conflict.GetProperty("licenseBlock").GetString()));
        Assert.All(conflicts, conflict => Assert.Equal("applied", conflict.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Who_asks_to_be_queued_stands_behind_the_first()
    {
        var cells = Bodies.FreshCells(2);
        await server.ApplicantA().Apply(cells);
        var body = Bodies.Application(cells)[..^1] + ""","ifTaken":"queue"}""";

        var reply = await server.ApplicantB().Post("/license-blocks", body);

        Assert.Equal(201, reply.Status);
        Assert.Equal("queued", reply.LifeStatus);
    }

    [Fact]
    public async Task Abbreviated_lists_and_aliases_are_stored_as_canonical_codes()
    {
        var reply = await server.ApplicantA().Apply("M-43-60-(10в-5а-12,13,14)", "KZ.M43.060.3.1.15");

        Assert.Equal(
            ["M-43-60-(10в-5а-12)", "M-43-60-(10в-5а-13)", "M-43-60-(10в-5а-14)", "M-43-60-(10в-5а-15)"],
            reply.Properties.GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!).Order());
    }

    [Fact]
    public async Task Geometry_for_exploration_is_snapped_to_the_cells_that_it_covers()
    {
        var (south, west) = Bodies.FreshCorner();
        var geometry = Bodies.Rectangle(south, west + 0.5, south + 1, west + 4);

        var reply = await server.ApplicantA().Post("/license-blocks", $$"""{"kind":"exploration","geometry":{{geometry}}}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal(
            new[] { 1, 2, 3 }.Select(step => Bodies.CodeAt(south, west + step)).Order(),
            reply.Properties.GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!).Order());
    }

    [Fact]
    public async Task Geometry_for_mining_is_the_ground_and_claims_every_cell_that_it_touches()
    {
        var (south, west) = Bodies.FreshCorner();
        var geometry = Bodies.Rectangle(south + 0.25, west + 0.5, south + 0.75, west + 2.5);

        var reply = await server.ApplicantA().Post("/license-blocks", $$"""{"kind":"mining","geometry":{{geometry}}}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal(3, reply.Properties.GetProperty("cellCount").GetInt32());
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(geometry).RootElement.GetProperty("type"), reply.Json.GetProperty("geometry").GetProperty("type")));
        var taken = await server.ApplicantB().Post("/license-blocks", Bodies.Application(Bodies.CodeAt(south, west)));
        taken.IsProblem(409, "ground-taken");
    }

    [Fact]
    public async Task A_registrar_names_the_holder_and_an_applicant_none_but_itself()
    {
        var cells = JsonSerializer.Serialize(Bodies.FreshCells(1));
        var forB = $$"""{"kind":"exploration","cells":{{cells}},"holder":"party-dev-b"}""";

        (await server.ApplicantA().Post("/license-blocks", forB)).IsProblem(403, "forbidden");
        var missing = await server.Registrar().Post("/license-blocks", $$"""{"kind":"exploration","cells":{{cells}}}""");
        Assert.Equal(["/holder"], missing.IsProblem(400, "malformed").Pointers);
        var unknown = await server.Registrar().Post("/license-blocks", forB.Replace("party-dev-b", "party-none", StringComparison.Ordinal));
        Assert.Equal(["unknown-party"], unknown.IsProblem(422, "rule-broken").Rules);
        var reply = await server.Registrar().Post("/license-blocks", forB);
        Assert.Equal(201, reply.Status);
        Assert.Equal("party-dev-b", reply.Properties.GetProperty("holder").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""["M-43-61-(10а-5а-1)","M-43-61-(10а-5а-7)"]""", "not-contiguous")]
    [InlineData("""["M-43-61-(10а-5а-1..25)","M-43-61-(10а-5б-1..25)","M-43-61-(10а-5в-1..25)","M-43-61-(10а-5г-1..25)","M-43-61-(10б-5а-1..25)","M-43-61-(10б-5б-1..25)","M-43-61-(10б-5в-1..25)","M-43-61-(10б-5г-1..25)","M-43-61-(10в-5а-1)"]""", "too-many-cells")]
    [InlineData("""["K-39-1-(10а-5а-1)"]""", "outside-jurisdiction")]
    [InlineData("""["SE51-72-e"]""", "outside-jurisdiction")]
    public async Task Ground_against_the_law_names_the_rule(string cells, string rule)
    {
        var reply = await server.ApplicantA().Post("/license-blocks", $$"""{"kind":"exploration","cells":{{cells.Replace("..", "-", StringComparison.Ordinal)}}}""");

        Assert.Contains(rule, reply.IsProblem(422, "rule-broken").Rules);
    }

    [Fact]
    public async Task A_geometry_as_large_as_the_Earth_is_refused_before_its_cells_are_listed()
    {
        var geometry = Bodies.Rectangle(-80 * 60, -85 * 60, 80 * 60, 85 * 60);

        foreach (var kind in new[] { "exploration", "mining" })
        {
            var reply = await server.ApplicantA().Post("/license-blocks", $$"""{"kind":"{{kind}}","geometry":{{geometry}}}""");
            Assert.Equal(["too-many-cells"], reply.IsProblem(422, "rule-broken").Rules);
        }
    }
}
