using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Past;

/// <summary>The register as at an instant, over a journal that outlives what serves it.</summary>
[Collection(OneServer.Name)]
public sealed class AsAtTests(DurableServer server) : IClassFixture<DurableServer>
{
    [Fact]
    public async Task Every_collection_and_object_is_given_as_it_stood_and_later_to_the_same_byte()
    {
        var (south, west) = Bodies.FreshCorner();
        var before = await Now();
        var title = await server.Applicant().Apply(Bodies.CodeAt(south, west), Bodies.CodeAt(south, west + 1));
        var deposit = await Register("First name", south, west);
        var applied = await Now();
        Assert.Equal(200, (await server.Registrar().Act(title.Id, "grant")).Status);
        var area = await server.Registrar().Post(
            "/areas", $$"""{"name":"Reserve","effect":"exclude","legalBasis":"Act","geometry":{{Bodies.Rectangle(south + 1, west, south + 2, west + 1)}}}""");
        Assert.Equal(201, area.Status);
        var granted = await Now();
        string[] addresses =
        [
            $"/license-blocks/{title.Id}?as-at=", $"/deposits/{deposit.Id}?as-at=", $"/areas/{area.Id}?as-at=",
            $"/collections/license-blocks/items/{title.Id}?cells=true&as-at=", $"/collections/deposits/items/{deposit.Id}?as-at=",
            "/collections/license-blocks/items?limit=1000&cells=true&as-at=", "/collections/deposits/items?limit=1000&as-at=",
            "/collections/areas/items?limit=1000&as-at=", "/collections/sheets/items?limit=1000&as-at=",
            "/collections/license-blocks/items?limit=1&as-at=", "/collections/license-blocks/items?f=csv&limit=1000&as-at=",
            "/collections/license-blocks/items?f=html&as-at=", "/collections/deposits/export?f=csv&as-at=",
            "/collections/license-blocks/export?as-at=", "/collections/sheets/export?as-at=",
            "/statistics?as-at=", "/statistics?f=csv&as-at=",
            $"/cells/{Bodies.CodeAt(south, west)}?as-at=", $"/cells/at?{Point(south, west)}&as-at=",
            $"/cells/free?limit=20&bbox={Corner(south, west)}&as-at=", $"/free-areas?bbox={Corner(south, west)}&as-at=",
            $"{Tile(south, west, 12)}?as-at=", $"{Tile(south, west, 5)}?as-at=",
        ];
        var first = await Ask(addresses, before, applied, granted);

        await server.Applicant().Act(title.Id, "surrender");
        await server.Registrar().Patch($"/deposits/{deposit.Id}", """{"name":"Second name"}""", deposit.ETag);
        await server.Applicant().Apply(Bodies.FreshCells(3));
        Assert.Equal(first, await Ask(addresses, before, applied, granted));
        await server.Restart();
        Assert.Equal(first, await Ask(addresses, before, applied, granted));

        Assert.Equal("applied", (await At($"/license-blocks/{title.Id}?as-at=", applied)).LifeStatus);
        Assert.Equal("granted", (await At($"/license-blocks/{title.Id}?as-at=", granted)).LifeStatus);
        Assert.Equal("surrendered", (await server.Nobody().Get($"/license-blocks/{title.Id}")).LifeStatus);
        Assert.Equal("First name", (await At($"/deposits/{deposit.Id}?as-at=", granted)).Properties.GetProperty("name").GetString());
        Assert.Equal([title.Id], LicenseBlocksOf(await At($"/collections/deposits/items/{deposit.Id}?as-at=", granted)));
        Assert.Empty(LicenseBlocksOf(await At($"/collections/deposits/items/{deposit.Id}?as-at=", await Now())));
        Assert.Equal(title.Text, (await At($"/license-blocks/{title.Id}?as-at=", applied)).Text);
    }

    [Fact]
    public async Task What_was_not_registered_yet_is_not_found()
    {
        var before = await Now();
        var title = await server.Applicant().Apply(Bodies.FreshCells(1));

        (await At($"/license-blocks/{title.Id}?as-at=", before)).IsProblem(404, "not-found");
        (await At($"/collections/license-blocks/items/{title.Id}?as-at=", before)).IsProblem(404, "not-found");
        Assert.Equal(0, Matched(await At("/collections/license-blocks/items?as-at=", "2000-01-01T00:00:00Z")));
    }

    [Fact]
    public async Task Pages_of_the_past_neither_skip_nor_repeat_while_the_register_changes()
    {
        var (south, west) = Bodies.FreshCorner();
        var expected = new List<string>();
        for (var i = 0; i < 7; i++)
            expected.Add((await server.Applicant().Apply(Bodies.CodeAt(south, west + (2 * i)))).Id);
        var then = await Now();

        var ids = new List<string>();
        var next = FormattableString.Invariant(
            $"/collections/license-blocks/items?limit=2&bbox={west / 60.0:R},{south / 60.0:R},{(west + 14) / 60.0:R},{(south + 1) / 60.0:R}&as-at={then}");
        for (var page = 0; next is not null; page++)
        {
            var reply = await server.Nobody().Get(next);
            Assert.Equal(7, Matched(reply));
            Assert.Equal(DateTimeOffset.Parse(then, null), reply.Json.GetProperty("timeStamp").GetDateTimeOffset());
            ids.AddRange(reply.Json.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!));
            next = NextOf(reply);
            Assert.Equal(200, (await server.Applicant().Act(expected[page], "withdraw")).Status);
            await server.Applicant().Apply(Bodies.CodeAt(south, west + (2 * page) + 1));
        }

        Assert.Equal(expected, ids);
    }

    [Theory]
    [InlineData("/collections/deposits/queryables?as-at=2020-01-01", "as-at")]
    [InlineData("/collections/deposits/queryables?datetime=2020-01-01", "datetime")]
    public async Task What_answers_for_now_only_says_who_answers_for_the_past(string address, string name)
    {
        var refused = (await server.Nobody().Get(address)).IsProblem(400, "malformed");
        Assert.Equal([name], refused.Pointers);
        Assert.Contains("answers for now only", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ground_that_was_free_and_is_taken_is_told_as_it_was_and_as_it_is()
    {
        var (south, west) = Bodies.FreshCorner();
        var code = Bodies.CodeAt(south, west);
        var (cell, point) = ($"/cells/{code}", $"/cells/at?{Point(south, west)}");
        var freeCells = $"/cells/free?limit=1000&bbox={Corner(south, west)}";
        var freeAreas = $"/free-areas?bbox={Corner(south, west)}";
        var body = $$"""{"geometry":{{Bodies.Rectangle(south, west, south + 1, west + 3)}}""";
        var tile = Tile(south, west, 12);
        var free = await Now();
        var first = await server.Applicant().Apply(code);
        var applied = await Now();
        Assert.Equal(200, (await server.Registrar().Act(first.Id, "grant")).Status);
        var granted = await Now();
        Assert.Equal(200, (await server.Applicant().Act(first.Id, "surrender")).Status);
        var area = await server.Registrar().Post(
            "/areas", $$"""{"name":"Reserve","effect":"exclude","legalBasis":"Act","geometry":{{Bodies.Rectangle(south, west, south + 1, west + 1)}}}""");
        Assert.Equal(201, area.Status);

        foreach (var (instant, status, owner, restricting) in new[]
        {
            (free, "free", null, null), (applied, "applied", first.Id, null), (granted, "granted", first.Id, null),
            (await Now(), "restricted", (string?)null, (string?)area.Id),
        })
        {
            foreach (var address in new[] { $"{cell}?as-at=", $"{point}&as-at=" })
            {
                var told = await At(address, instant);
                Assert.Equal((200, code, status), (told.Status, told.Json.GetProperty("code").GetString(), told.Json.GetProperty("status").GetString()));
                Assert.Equal(owner, told.Json.GetProperty("licenseBlock").GetString());
                Assert.Equal(restricting, told.Json.TryGetProperty("area", out var excluding) ? excluding.GetString() : null);
            }

            var isFree = status == "free";
            var cells = await At($"{freeCells}&as-at=", instant);
            Assert.Equal(isFree, cells.Text.Contains(code, StringComparison.Ordinal));
            Assert.Equal(DateTimeOffset.Parse(instant, null), cells.Json.GetProperty("timeStamp").GetDateTimeOffset());
            Assert.Equal(isFree ? 3 : 2, CellsOf(await At($"{freeAreas}&as-at=", instant)));
            var posted = await server.Nobody().Post("/free-areas", $$"""{{body}},"as-at":"{{instant}}"}""");
            Assert.Equal((200, isFree ? 3 : 2), (posted.Status, CellsOf(posted)));
            var drawn = await At($"{tile}?as-at=", instant);
            Assert.Contains(status, drawn.Text, StringComparison.Ordinal);
            Assert.Equal(!isFree, drawn.Text.Contains(first.Id, StringComparison.Ordinal));
            Assert.Equal(304, (await server.Nobody().Get($"{tile}?as-at={instant}", ifNoneMatch: drawn.ETag)).Status);
        }

        // As the register stands, and by the date of today, which has not ended.
        var today = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(5)).ToString("yyyy-MM-dd", null);
        Assert.Equal((await server.Nobody().Get(cell)).Text, (await At($"{cell}?as-at=", today)).Text);
        Assert.Equal((await server.Nobody().Get(tile)).Text, (await At($"{tile}?as-at=", today)).Text);
    }

    [Fact]
    public async Task Pages_of_what_was_free_go_on_as_at_the_same_instant()
    {
        var (south, west) = Bodies.FreshCorner();
        var then = await Now();
        var next = $"/cells/free?limit=1&bbox={Corner(south, west)}&as-at={then}";
        var codes = new List<string>();
        for (var page = 0; next is not null; page++)
        {
            var reply = await server.Nobody().Get(next);
            codes.AddRange(reply.Json.GetProperty("features").EnumerateArray().Select(cell => cell.GetProperty("properties").GetProperty("code").GetString()!));
            next = NextOf(reply);
            if (page > 0)
                continue;
            await server.Applicant().Apply(Bodies.CodeAt(south, west + 1));
            var token = next![next!.IndexOf("page=", StringComparison.Ordinal)..];
            Assert.Equal(["page"], (await server.Nobody().Get($"/cells/free?bbox={Corner(south, west)}&{token}")).IsProblem(400, "malformed").Pointers);
        }

        Assert.Equal([Bodies.CodeAt(south, west), Bodies.CodeAt(south, west + 1), Bodies.CodeAt(south, west + 2)], codes);
    }

    [Fact]
    public async Task The_tiles_of_an_instant_are_described_by_their_address()
    {
        await server.Applicant().Apply(Bodies.FreshCells(1));
        var then = await Now();
        var tiles = (await server.Nobody().Get($"/tiles.json?as-at={then}")).Json.GetProperty("tiles")[0].GetString()!;
        var address = new Uri(tiles.Replace("{z}/{x}/{y}", "3/5/2", StringComparison.Ordinal)).PathAndQuery;
        var tile = await server.Nobody().Get(address);
        Assert.Contains("as-at=", address, StringComparison.Ordinal);
        Assert.Equal((200, (await At("/tiles/3/5/2.mvt?as-at=", then)).ETag), (tile.Status, tile.ETag));
        Assert.Equal(["as-at"], (await server.Nobody().Get("/tiles.json?as-at=soon")).IsProblem(400, "malformed").Pointers);
    }

    [Fact]
    public async Task A_page_of_one_instant_is_none_of_another()
    {
        await server.Applicant().Apply(Bodies.FreshCells(1));
        await server.Applicant().Apply(Bodies.FreshCells(1));
        var reply = await At("/collections/license-blocks/items?limit=1&as-at=", await Now());
        var next = reply.Json.GetProperty("links").EnumerateArray()
            .Single(link => link.GetProperty("rel").GetString() == "next").GetProperty("href").GetString()!;

        var page = next[next.IndexOf("page=", StringComparison.Ordinal)..];
        Assert.Equal(["page"], (await server.Nobody().Get($"/collections/license-blocks/items?{page}")).IsProblem(400, "malformed").Pointers);
    }

    [Theory]
    [InlineData("/collections/license-blocks/items?as-at=2999-01-01T00:00:00Z", "as-at")]
    [InlineData("/collections/sheets/items?as-at=2999-01-01", "as-at")]
    [InlineData("/collections/deposits/items?as-at=2999-01-01T00:00:00Z/..", "as-at")]
    [InlineData("/collections/license-blocks/items/x?as-at=soon", "as-at")]
    [InlineData("/collections/license-blocks/items?datetime=2020-01-02/2020-01-01T00:00:00Z", "datetime")]
    [InlineData("/license-blocks/lb-00000000000000000000000000?as-at=2999-01-01T00:00:00Z", "as-at")]
    [InlineData("/license-blocks/lb-00000000000000000000000000?as-at=../2020-01-01", "as-at")]
    [InlineData("/license-blocks/lb-00000000000000000000000000?asat=2020-01-01", "asat")]
    [InlineData("/deposits/dep-00000000000000000000000000?as-at=", "as-at")]
    [InlineData("/areas/area-00000000000000000000000000?as-at=2020-01-01&as-at=2020-01-01", "as-at")]
    [InlineData("/cells/free?datetime=2020-01-01", "datetime")]
    [InlineData("/cells/free?as-at=2999-01-01", "as-at")]
    [InlineData("/cells/at?lon=73.5&lat=48.5&as-at=2999-01-01T00:00:00Z", "as-at")]
    [InlineData("/cells/at?lon=73.5&lat=48.5&datetime=2020-01-01", "datetime")]
    [InlineData("/cells/KZ.M44.086.3.1.12?as-at=2020-01-01T00:00:00", "as-at")]
    [InlineData("/free-areas?as-at=2020-01-01/2020-01-02", "as-at")]
    [InlineData("/free-areas?as-at=2999-01-01", "as-at")]
    [InlineData("/tiles/6/44/22.mvt?as-at=2999-01-01", "as-at")]
    [InlineData("/tiles/6/44/22.mvt?datetime=2020-01-01", "datetime")]
    [InlineData("/tiles.json?as-at=2999-01-01", "as-at")]
    [InlineData("/collections/license-blocks/items/x?datetime=2020-01-01", "datetime")]
    [InlineData("/collections/deposits/export?as-at=2020-01-01T00:00:00", "as-at")]
    [InlineData("/statistics?as-at=2020-01-01T00:00:00", "as-at")]
    public async Task What_has_not_come_or_is_no_instant_is_refused_by_its_name(string address, string name) =>
        Assert.Equal([name], (await server.Nobody().Get(address)).IsProblem(400, "malformed").Pointers);

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01/9999-12-31")]
    [InlineData("../9999-12-31T23:59:59.9999999Z")]
    public async Task The_first_and_the_last_instants_are_instants(string datetime) =>
        Assert.Equal(200, (await At("/collections/areas/items?datetime=", datetime)).Status);

    private static IEnumerable<string?> LicenseBlocksOf(Reply deposit) =>
        deposit.Properties.GetProperty("licenseBlocks").EnumerateArray().Select(id => id.GetString());

    private static int Matched(Reply reply) => reply.Json.GetProperty("numberMatched").GetInt32();

    // Three cells in a row, in degrees; a hair less, so that no edge touches the next ones.
    private static string Corner(int south, int west) => FormattableString.Invariant(
        $"{(west / 60.0) + 1e-8:F9},{(south / 60.0) + 1e-8:F9},{((west + 3) / 60.0) - 1e-8:F9},{((south + 1) / 60.0) - 1e-8:F9}");

    private static string Point(int south, int west) => FormattableString.Invariant($"lon={(west + 0.5) / 60:R}&lat={(south + 0.5) / 60:R}");

    private static string Tile(int south, int west, int zoom)
    {
        var latitude = double.DegreesToRadians((south + 0.5) / 60);
        var (x, y) = ((((west + 0.5) / 60) + 180) / 360, (1 - (Math.Asinh(Math.Tan(latitude)) / Math.PI)) / 2);
        var squares = 1 << zoom;
        return FormattableString.Invariant($"/tiles/{zoom}/{(int)(x * squares)}/{(int)(y * squares)}.mvt");
    }

    private static int CellsOf(Reply areas) =>
        areas.Json.GetProperty("features").EnumerateArray().Sum(area => area.GetProperty("properties").GetProperty("cellCount").GetInt32());

    private static string? NextOf(Reply page) => page.Json.GetProperty("links").EnumerateArray()
        .Where(link => link.GetProperty("rel").GetString() == "next")
        .Select(link => new Uri(link.GetProperty("href").GetString()!).PathAndQuery).SingleOrDefault();

    private Task<Reply> At(string address, string instant) => server.Nobody().Get(address + instant);

    private async Task<string[]> Ask(string[] addresses, params string[] instants)
    {
        var answers = new List<string>();
        foreach (var instant in instants)
        {
            foreach (var address in addresses)
                answers.Add((await At(address, instant)).Text);
        }

        return [.. answers];
    }

    // The instant of an answer that was given as the register stands.
    private async Task<string> Now() =>
        (await server.Nobody().Get("/collections/areas/items?limit=1")).Json.GetProperty("timeStamp").GetString()!;

    private async Task<Reply> Register(string name, int south, int west)
    {
        var point = FormattableString.Invariant($"[{(west + 0.5) / 60:R},{(south + 0.5) / 60:R}]");
        var reply = await server.Registrar().Post(
            "/deposits", $$"""{"name":"{{name}}","status":"prospect","commodities":["copper"],"geometry":{"type":"Point","coordinates":{{point}} } }""");
        Assert.Equal(201, reply.Status);
        return reply;
    }
}
