using System.Text.Json;

namespace Registry.Gateway.Tests.Collections.Filtering;

/// <summary>A file holds what the pages hold for the same query.</summary>
[Collection(OneCountryToFilter.Name)]
public sealed class FilteredExportTests(FilterTests.Country country)
{
    [Theory]
    [InlineData("license-blocks", "")]
    [InlineData("license-blocks", "status=granted")]
    [InlineData("license-blocks", "cellCount=2")]
    [InlineData("license-blocks", "bbox=77.9,49.0,78.1,49.1&holder.country=KZ")]
    [InlineData("license-blocks", "filter=S_WITHIN(geometry,BBOX(78,49,84,52))&commodities=lithium")]
    [InlineData("license-blocks", """filter-lang=cql2-json&filter={"op":"<","args":[{"property":"cellCount"},2]}""")]
    [InlineData("deposits", "filter=status='prospect' AND NOT name LIKE 'x%25'&datetime=2020-01-01/..")]
    [InlineData("sheets", "filter=claimedCells > 0")]
    [InlineData("areas", "effect=exclude")]
    public async Task An_export_has_what_the_items_have(string collection, string query)
    {
        var items = Ids(await country.Server.Get($"/collections/{collection}/items?limit=1000&{query}", mediaType: "application/geo+json"));
        Assert.Equal(items, Ids(await country.Server.Get($"/collections/{collection}/export?{query}", mediaType: "application/geo+json")));
    }

    [Theory]
    [InlineData("license-blocks", "limit=10", "limit")]
    [InlineData("license-blocks", "page=AAAA", "page")]
    [InlineData("license-blocks", "offset=1", "offset")]
    [InlineData("deposits", "cells=true", "cells")]
    [InlineData("deposits", "filter=cellCount=1", "filter")]
    [InlineData("deposits", "status=lost", "status")]
    [InlineData("deposits", "f=html", "f")]
    public async Task What_an_export_cannot_be_asked_is_refused_by_its_name(string collection, string query, string parameter) =>
        Assert.Equal(parameter, await country.Server.Refused($"/collections/{collection}/export?{query}"));

    private static List<string> Ids(JsonElement features) =>
        [.. features.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!)];
}
