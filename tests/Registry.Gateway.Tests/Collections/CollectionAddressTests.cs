using System.Text.Json;
using Registry.Gateway.Tests.Cells;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Collections;

[Collection(OneServer.Name)]
public class CollectionAddressTests(ReadingServer server) : IClassFixture<ReadingServer>
{
    private const string GeoJson = "application/geo+json";

    [Fact]
    public async Task Pages_over_four_sheets_give_every_license_block_once()
    {
        // Each of two columns by two rows; the middle ones lie on two sheets, and one on all four.
        var filed = new HashSet<string>();
        for (var row = -3; row < 3; row++)
        {
            for (var column = -3; column < 3; column++)
                filed.Add((await server.Apply(66.001 + ((column * 2) - 1) / 60.0, 48.001 + ((row * 2) - 1) / 60.0, 2, 2)).Id);
        }

        var found = new List<string>();
        string? next = "/collections/license-blocks/items?bbox=65.5,47.5,66.5,48.5&limit=5";
        while (next is not null)
        {
            var page = await server.Get(next, mediaType: GeoJson);
            Assert.Equal(36, page.GetProperty("numberMatched").GetInt32());
            Assert.Equal(page.GetProperty("features").GetArrayLength(), page.GetProperty("numberReturned").GetInt32());
            found.AddRange(page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!));
            next = CellAddressTests.LinkTo(page, "next");
        }

        Assert.Equal(36, found.Count);
        Assert.Equal(filed, found.ToHashSet());
    }

    [Fact]
    public async Task A_license_block_names_its_cells_when_it_is_asked_to()
    {
        var filed = await server.Apply(60, 50, 3, 2);
        const string items = "/collections/license-blocks/items?bbox=60,50,60.02,50.02";
        var bare = (await server.Get(items, mediaType: GeoJson)).GetProperty("features")[0].GetProperty("properties");
        var named = (await server.Get($"{items}&cells=true", mediaType: GeoJson)).GetProperty("features")[0].GetProperty("properties");
        var single = await server.Get($"/collections/license-blocks/items/{filed.Id}?cells=true", mediaType: GeoJson);
        Assert.False(bare.TryGetProperty("cells", out _));
        Assert.Equal(6, named.GetProperty("cells").GetArrayLength());
        Assert.Equal(named.GetRawText(), single.GetProperty("properties").GetRawText());
        Assert.EndsWith("/collections/license-blocks", CellAddressTests.LinkTo(single, "collection"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deposit_is_the_same_alone_and_in_its_collection()
    {
        var filed = await server.Apply(62, 50);
        var deposit = await server.AddDeposit(62.005, 50.005);
        var listed = (await server.Get("/collections/deposits/items?bbox=62,50,62.1,50.1", mediaType: GeoJson)).GetProperty("features")[0];
        var single = await server.Get($"/collections/deposits/items/{deposit.Id}", mediaType: GeoJson);
        Assert.Equal(filed.Id, listed.GetProperty("properties").GetProperty("licenseBlocks")[0].GetString());
        Assert.Equal(listed.GetProperty("properties").GetRawText(), single.GetProperty("properties").GetRawText());
    }

    [Fact]
    public async Task Sheets_are_features_with_what_they_hold_in_numbers()
    {
        var first = await server.Get("/collections/sheets/items?limit=20", mediaType: GeoJson);
        Assert.Equal(26, first.GetProperty("numberMatched").GetInt32());
        var second = await server.Get(CellAddressTests.LinkTo(first, "next")!, mediaType: GeoJson);
        Assert.Equal(6, second.GetProperty("numberReturned").GetInt32());
        Assert.Null(CellAddressTests.LinkTo(second, "next"));
        var sheets = first.GetProperty("features").EnumerateArray().Concat(second.GetProperty("features").EnumerateArray()).ToList();
        Assert.Equal(ReadingServer.Regime.Jurisdiction.CellCount, sheets.Sum(sheet => sheet.GetProperty("properties").GetProperty("cells").GetInt64()));
        var single = await server.Get("/collections/sheets/items/M-44", mediaType: GeoJson);
        Assert.Equal("[78,48]", single.GetProperty("geometry").GetProperty("coordinates")[0][0].GetRawText());
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=-1", "limit")]
    [InlineData("?datetime=2026-06-01T12:00:00", "datetime")]
    [InlineData("?as-at=2026-06-01T12:00:00", "as-at")]
    [InlineData("?bbox=1,2,3", "bbox")]
    [InlineData("?datetime=never", "datetime")]
    [InlineData("?page=AAAA", "page")]
    [InlineData("?f=xml", "f")]
    [InlineData("?cells=maybe", "cells")]
    [InlineData("?colour=red", "colour")]
    public async Task A_parameter_at_fault_is_refused_by_its_name(string query, string name) =>
        Assert.Equal(name, await server.Refused($"/collections/license-blocks/items{query}"));

    [Fact]
    public async Task A_rectangle_round_the_Earth_leaves_out_what_lies_between_its_edges()
    {
        var (west, between, east) = (await server.Apply(54.5, 47.5), await server.Apply(64, 47), await server.Apply(79.5, 47.5));
        var found = (await server.Get("/collections/license-blocks/items?bbox=79,45,55,48&limit=1000", mediaType: GeoJson)).GetProperty("features")
            .EnumerateArray().Select(feature => feature.GetProperty("id").GetString()).ToList();
        Assert.Contains(west.Id, found);
        Assert.Contains(east.Id, found);
        Assert.DoesNotContain(between.Id, found);
        Assert.Equal("bbox", await server.Refused("/cells/free?bbox=79,45,55,48"));
    }

    [Fact]
    public async Task A_page_of_one_query_is_no_page_of_another()
    {
        var page = CellAddressTests.LinkTo(await server.Get("/collections/sheets/items?limit=3", mediaType: GeoJson), "next")!;
        var token = page[(page.IndexOf("page=", StringComparison.Ordinal) + 5)..];
        await server.Get($"/collections/sheets/items?limit=4&page={token}", mediaType: GeoJson);
        Assert.Equal("page", await server.Refused($"/collections/sheets/items?bbox=60,44,70,50&page={token}"));
        Assert.Equal("page", await server.Refused($"/collections/areas/items?page={token}"));
    }

    [Theory]
    [InlineData("/collections/mines")]
    [InlineData("/collections/mines/items")]
    [InlineData("/collections/license-blocks/items/lb-none")]
    [InlineData("/collections/sheets/items/M-1")]
    public async Task What_is_not_there_is_not_found(string address) => await server.Get(address, 404);

    [Fact]
    public async Task Links_lead_from_the_landing_page_to_every_collection()
    {
        var landing = await server.Get("/");
        var collections = await server.Get(CellAddressTests.LinkTo(landing, "data")!);
        Assert.Equal(4, collections.GetProperty("collections").GetArrayLength());
        foreach (var collection in collections.GetProperty("collections").EnumerateArray())
        {
            var alone = await server.Get(CellAddressTests.LinkTo(collection, "self")!);
            Assert.Equal(collection.GetRawText(), alone.GetRawText());
            var items = await server.Get(CellAddressTests.LinkTo(collection, "items")!, mediaType: GeoJson);
            Assert.Equal(JsonValueKind.Array, items.GetProperty("features").ValueKind);
        }

        Assert.NotEmpty((await server.Get(CellAddressTests.LinkTo(landing, "conformance")!)).GetProperty("conformsTo").EnumerateArray());
    }
}
