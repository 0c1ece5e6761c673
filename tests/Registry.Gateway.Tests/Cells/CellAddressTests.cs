using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Cells;

[Collection(OneServer.Name)]
public class CellAddressTests(ReadingServer server) : IClassFixture<ReadingServer>
{
    private const string Sample = "M-44-86-(10в-5а-12)";

    [Fact]
    public async Task A_cell_is_the_same_by_point_by_code_and_by_alias()
    {
        var byCode = await server.Get($"/cells/{Uri.EscapeDataString(Sample)}");
        var corner = byCode.GetProperty("geometry").GetProperty("coordinates")[0][0];
        var point = FormattableString.Invariant($"lon={corner[0].GetDouble() + 0.001}&lat={corner[1].GetDouble() + 0.001}");
        Assert.Equal(Sample, byCode.GetProperty("code").GetString());
        Assert.Equal("KZ.M44.086.3.1.12", byCode.GetProperty("alias").GetString());
        Assert.Equal("M-44", byCode.GetProperty("sheet").GetString());
        Assert.Equal(byCode.GetRawText(), (await server.Get("/cells/KZ.M44.086.3.1.12")).GetRawText());
        Assert.Equal(byCode.GetRawText(), (await server.Get($"/cells/at?{point}")).GetRawText());
    }

    [Fact]
    public async Task A_cell_is_free_and_then_applied_for_by_whom()
    {
        const string address = "/cells/at?lon=70.001&lat=48.001";
        var free = await server.Get(address);
        Assert.Equal("free", free.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, free.GetProperty("licenseBlock").ValueKind);
        Assert.InRange(free.GetProperty("areaKm2").GetDouble(), 2.30, 2.31);
        var filed = await server.Apply(70, 48);
        var applied = await server.Get(address);
        Assert.Equal("applied", applied.GetProperty("status").GetString());
        Assert.Equal(filed.Id, applied.GetProperty("licenseBlock").GetString());
        Assert.Empty(applied.GetProperty("queue").EnumerateArray());
    }

    [Theory]
    [InlineData("lon=2.35&lat=48.85", "M-31")]
    [InlineData("lon=125.99&lat=-16.01", "SE51")]
    [InlineData("lon=180&lat=0", "A-1")]
    public async Task A_cell_outside_the_country_is_outside(string point, string sheet)
    {
        var cell = await server.Get($"/cells/at?{point}");
        Assert.Equal("outside", cell.GetProperty("status").GetString());
        Assert.Equal(sheet, cell.GetProperty("sheet").GetString());
    }

    [Theory]
    [InlineData("lon=0&lat=90")]
    [InlineData("lon=-180&lat=-90")]
    public async Task Around_the_poles_a_cell_has_no_code(string point) =>
        Assert.Equal(JsonValueKind.Null, (await server.Get($"/cells/at?{point}")).GetProperty("code").ValueKind);

    [Theory]
    [InlineData("", "lon")]
    [InlineData("?lat=48", "lon")]
    [InlineData("?lon=70", "lat")]
    [InlineData("?lon=70&lat=", "lat")]
    [InlineData("?lon=70&lat=NaN", "lat")]
    [InlineData("?lon=Infinity&lat=48", "lon")]
    [InlineData("?lon=70,5&lat=48", "lon")]
    [InlineData("?lon=180.0001&lat=48", "lon")]
    [InlineData("?lon=70&lat=-90.0001", "lat")]
    [InlineData("?lon=70&lat=48&lat=49", "lat")]
    [InlineData("?lon=70&lat=48&zoom=3", "zoom")]
    public async Task A_point_that_is_none_is_refused_by_the_parameters_name(string query, string name) =>
        Assert.Equal(name, await server.Refused($"/cells/at{query}"));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("M-44-145-(10в-5а-12)")]
    [InlineData("M-44-86-(10в-5а-26)")]
    [InlineData("M-61-86-(10в-5а-1)")]
    [InlineData("M-44-86-(10в-5а-12,13)")]
    public async Task A_code_that_names_no_single_cell_is_refused(string code) =>
        Assert.Equal("code", await server.Refused($"/cells/{Uri.EscapeDataString(code)}"));

    [Fact]
    public async Task Free_cells_come_page_by_page_without_those_that_are_taken()
    {
        // Around 72 E, 48 N, where four sheets meet: ten by ten cells, of which four are taken.
        await server.Apply(71.984, 47.984, columns: 2, rows: 2);
        var found = new List<string>();
        string? next = "/cells/free?bbox=71.91667,47.91667,72.08333,48.08333&limit=7";
        while (next is not null)
        {
            var page = await server.Get(next, mediaType: "application/geo+json");
            var features = page.GetProperty("features").EnumerateArray().ToList();
            Assert.Equal(features.Count, page.GetProperty("numberReturned").GetInt32());
            found.AddRange(features.Select(feature => feature.GetProperty("properties").GetProperty("code").GetString()!));
            next = LinkTo(page, "next");
        }

        Assert.Equal(96, found.Count);
        Assert.Equal(96, found.Distinct().Count());
        Assert.DoesNotContain((await server.Get("/cells/at?lon=71.985&lat=47.985")).GetProperty("code").GetString(), found);
    }

    /// <summary>The first link of a relation: the one of the default format, where there are several.</summary>
    internal static string? LinkTo(JsonElement page, string relation) => page.GetProperty("links").EnumerateArray()
        .Where(link => link.GetProperty("rel").GetString() == relation).Select(link => link.GetProperty("href").GetString()).FirstOrDefault();
}
