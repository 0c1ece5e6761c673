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
            next = reply.Json.GetProperty("links").EnumerateArray()
                .Where(link => link.GetProperty("rel").GetString() == "next")
                .Select(link => new Uri(link.GetProperty("href").GetString()!).PathAndQuery).SingleOrDefault();
            Assert.Equal(200, (await server.Applicant().Act(expected[page], "withdraw")).Status);
            await server.Applicant().Apply(Bodies.CodeAt(south, west + (2 * page) + 1));
        }

        Assert.Equal(expected, ids);
    }

    [Theory]
    [InlineData("/cells/at?lon=73.5&lat=48.5&as-at=2020-01-01", "as-at")]
    [InlineData("/cells/KZ.M44.086.3.1.12?as-at=2020-01-01", "as-at")]
    [InlineData("/cells/free?datetime=2020-01-01", "datetime")]
    [InlineData("/cells/free?as-at=2020-01-01", "as-at")]
    [InlineData("/free-areas?as-at=2020-01-01", "as-at")]
    [InlineData("/tiles/6/44/22.mvt?as-at=2020-01-01", "as-at")]
    [InlineData("/tiles.json?as-at=2020-01-01", "as-at")]
    public async Task What_answers_for_now_only_says_who_answers_for_the_past(string address, string name)
    {
        var refused = (await server.Nobody().Get(address)).IsProblem(400, "malformed");
        Assert.Equal([name], refused.Pointers);
        Assert.Contains("answers for now only", refused.Text, StringComparison.Ordinal);
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
