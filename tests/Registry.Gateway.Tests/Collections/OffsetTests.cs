using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Collections;

/// <summary>Clients that page by an offset, whatever links say.</summary>
[Collection(OneServer.Name)]
public sealed class OffsetTests(RegistryServer server)
{
    [Fact]
    public async Task Offsets_give_what_links_give_over_sheets_and_within_one()
    {
        // On both sides of an edge between sheets, at 72 degrees east.
        var (south, _) = Bodies.FreshCorner();
        for (var column = -6; column < 6; column += 2)
            await server.ApplicantA().Apply(Bodies.CodeAt(south - 300, (72 * 60) + column));
        var items = FormattableString.Invariant($"/collections/license-blocks/items?bbox=71.8,{(south - 299.9) / 60:R},72.2,{(south - 299.1) / 60:R}");
        var all = await Ids($"{items}&limit=100");
        Assert.Equal(6, all.Count);

        for (var offset = 0; offset <= 8; offset++)
        {
            Assert.Equal(all.Skip(offset).Take(2), await Ids($"{items}&limit=2&offset={offset}"));
            Assert.Equal(all.Skip(offset), await Ids($"{items}&limit=1000&offset={offset}"));
            Assert.Equal(all.Skip(offset).Take(2), await Ids($"{items}&limit=2&offset={offset}&filter=cellCount=1"));
        }

        Assert.Equal(6, (await server.Nobody().Get($"{items}&offset=100000")).Json.GetProperty("numberMatched").GetInt32());
    }

    [Fact]
    public async Task The_link_to_the_next_page_names_a_place_and_no_offset()
    {
        var first = await server.Nobody().Get("/collections/sheets/items?limit=5&offset=3");
        var next = first.Json.GetProperty("links").EnumerateArray().Single(link => link.GetProperty("rel").GetString() == "next").GetProperty("href").GetString()!;
        Assert.DoesNotContain("offset", next, StringComparison.Ordinal);

        var all = await Ids("/collections/sheets/items?limit=100");
        Assert.Equal(all.Skip(8).Take(5), await Ids(new Uri(next).PathAndQuery));
        Assert.Equal(["offset"], (await server.Nobody().Get($"{new Uri(next).PathAndQuery}&offset=3")).IsProblem(400, "malformed").Pointers);
        Assert.Equal(200, (await server.Nobody().Get($"{new Uri(next).PathAndQuery}&offset=0")).Status);
    }

    [Theory]
    [InlineData("/collections/license-blocks/items?offset=100001", "offset")]
    [InlineData("/collections/license-blocks/items?offset=-1", "offset")]
    [InlineData("/collections/license-blocks/export?offset=1", "offset")]
    [InlineData("/cells/free?offset=1", "offset")]
    public async Task What_is_no_offset_is_refused_by_its_name(string address, string name) =>
        Assert.Equal([name], (await server.Nobody().Get(address)).IsProblem(400, "malformed").Pointers);

    [Fact]
    public async Task A_search_takes_an_offset_and_the_most_is_given_of_more()
    {
        var all = await Ids("/collections/sheets/items?limit=20000");
        Assert.Equal(26, all.Count);
        var found = await server.Nobody().Post("/collections/sheets/search", """{"limit": 1000000, "offset": 20}""");
        Assert.Equal(all.Skip(20), IdsOf(found));
    }

    [Fact]
    public async Task An_export_has_the_cells_of_license_blocks_where_they_are_asked_for()
    {
        var cells = Bodies.FreshCells(3);
        var block = await server.ApplicantA().Apply(cells);
        foreach (var format in new[] { "csv", "geojson", "geojsonseq" })
        {
            var with = await server.Nobody().Get($"/collections/license-blocks/export?f={format}&cells=true&filter=id='{block.Id}'");
            Assert.Equal(200, with.Status);
            Assert.All(cells, cell => Assert.Contains(cell, with.Text, StringComparison.Ordinal));
            var without = await server.Nobody().Get($"/collections/license-blocks/export?f={format}&filter=id='{block.Id}'");
            Assert.DoesNotContain(cells[0], without.Text, StringComparison.Ordinal);
        }

        Assert.Equal(["cells"], (await server.Nobody().Get("/collections/deposits/export?cells=true")).IsProblem(400, "malformed").Pointers);
    }

    private async Task<List<string>> Ids(string address)
    {
        var reply = await server.Nobody().Get(address);
        Assert.True(reply.Status == 200, $"{address}: {reply.Text}");
        return IdsOf(reply);
    }

    private static List<string> IdsOf(Reply reply) =>
        [.. reply.Json.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!)];
}
