using System.Globalization;
using System.Text;
using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Collections.Filtering;

/// <summary>Filters over HTTP. One block of 2 by 1 cells lies across two sheets, one within a sheet, and three deposits beside them.</summary>
[Collection(OneCountryToFilter.Name)]
public sealed class FilterTests(FilterTests.Country country)
{
    private const string Blocks = "/collections/license-blocks";
    private const string Deposits = "/collections/deposits";

    [Theory]
    [InlineData("status = 'applied'", 2)]
    [InlineData("status = 'granted'", 0)]
    [InlineData("cellCount = 2", 1)]
    [InlineData("A_CONTAINS(commodities, ('lithium')) AND holder.country = 'KZ'", 2)]
    [InlineData("holder.id <> 'party-dev-a'", 0)]
    [InlineData("areaKm2 BETWEEN 1 AND 3", 1)]
    [InlineData("T_AFTER(appliedAt, DATE('2020-01-01'))", 2)]
    [InlineData("grantedOn IS NULL", 2)]
    [InlineData("grantedOn < DATE('2100-01-01')", 0)]
    [InlineData("S_INTERSECTS(geometry, BBOX(77.9, 49.0, 78.1, 49.1))", 1)]
    [InlineData("S_INTERSECTS(geometry, BBOX(77, 49, 80, 51))", 2)]
    [InlineData("S_WITHIN(geometry, BBOX(78, 49, 84, 52))", 1)]
    [InlineData("S_TOUCHES(geometry, BBOX(76, 49, 77.983333, 49.5)) OR S_DISJOINT(geometry, BBOX(60, 40, 90, 60))", 0)]
    [InlineData("S_CONTAINS(geometry, POINT(78 49.008))", 1)]
    [InlineData("NOT S_INTERSECTS(geometry, BBOX(77.9, 49.0, 78.1, 49.1))", 1)]
    public async Task A_filter_gives_each_block_that_passes_once(string filter, int count)
    {
        var answer = await Items($"{Blocks}/items?filter={Uri.EscapeDataString(filter)}");
        Assert.Equal(count, answer.GetProperty("numberMatched").GetInt32());
        Assert.Equal(count, Ids(answer).Distinct().Count());
    }

    [Fact]
    public async Task The_outline_that_a_feature_shows_is_the_one_that_is_compared()
    {
        foreach (var feature in (await Items($"{Blocks}/items")).GetProperty("features").EnumerateArray())
        {
            var filter = $$"""{"op":"s_equals","args":[{"property":"geometry"},{{feature.GetProperty("geometry").GetRawText()}}]}""";
            var answer = await Items($"{Blocks}/items?filter-lang=cql2-json&filter={Uri.EscapeDataString(filter)}");
            Assert.Equal(feature.GetProperty("id").GetString(), Assert.Single(Ids(answer)));
        }
    }

    [Theory]
    [InlineData("status=applied&holder.country=KZ&commodities=lithium", 2)]
    [InlineData("cellCount=2", 1)]
    [InlineData("cellCount=2&filter=cellCount%20%3E%202", 0)]
    [InlineData("grantedOn=2020-01-01", 0)]
    [InlineData("filter=cellCount%3D2&bbox=70,40,72,42", 0)]
    public async Task Queryables_are_parameters_and_every_parameter_must_hold(string query, int count) =>
        Assert.Equal(count, (await Items($"{Blocks}/items?{query}")).GetProperty("numberMatched").GetInt32());

    [Theory]
    [InlineData("filter=colour%3D1", "filter")]
    [InlineData("filter=cellCount%3D'x'", "filter")]
    [InlineData("filter=cellCount%3D", "filter")]
    [InlineData("filter=TRUE&filter-lang=sql", "filter-lang")]
    [InlineData("filter=TRUE&filter-crs=http://www.opengis.net/def/crs/EPSG/0/1", "filter-crs")]
    [InlineData("filter={&filter-lang=cql2-json", "filter")]
    [InlineData("status=dug", "status")]
    [InlineData("cellCount=two", "cellCount")]
    [InlineData("grantedOn=yesterday", "grantedOn")]
    [InlineData("colour=red", "colour")]
    public async Task What_cannot_be_read_is_refused_by_its_name(string query, string parameter) =>
        Assert.Equal(parameter, await country.Server.Refused($"{Blocks}/items?{query}"));

    [Fact]
    public async Task A_fault_names_its_character_and_its_property()
    {
        var problem = await country.Server.Get($"{Blocks}/items?filter=cellCount%3D1%20AND%20colour%3D1", 400);
        var detail = problem.GetProperty("detail").GetString();
        Assert.Contains("character 17", detail, StringComparison.Ordinal);
        Assert.Contains("'colour'", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "70,44,72,45")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/4326", "44,70,45,72")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/3857", "7792364,5465442,8015003,5621521")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/32642", "578000,4873000,740000,4988000")]
    public async Task Geometries_of_a_filter_may_be_of_another_reference_system(string system, string box)
    {
        var filter = Uri.EscapeDataString($"S_INTERSECTS(geometry, BBOX({box}))");
        var answer = await Items($"{Deposits}/items?filter={filter}&filter-crs={Uri.EscapeDataString(system)}");
        Assert.Equal(2, answer.GetProperty("numberMatched").GetInt32());
    }

    [Fact]
    public async Task Pages_of_a_filter_give_every_feature_once_and_belong_to_that_filter()
    {
        var first = await Items($"{Deposits}/items?limit=1&filter=status%3D'prospect'");
        Assert.Equal(3, first.GetProperty("numberMatched").GetInt32());
        var ids = Ids(first).ToList();
        var next = Next(first);
        Assert.Equal("page", await country.Server.Refused(next!.Replace("prospect", "deposit", StringComparison.Ordinal)));
        while (next is not null)
        {
            var page = await Items(next);
            ids.AddRange(Ids(page));
            next = Next(page);
        }

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(3, ids.Count);
    }

    [Fact]
    public async Task Sheets_are_filtered_too()
    {
        var all = await Items("/collections/sheets/items?limit=100&filter=claimedCells%20%3E%200");
        Assert.Equal(["M-43", "M-44"], Ids(all).Order());
        var inside = await Items("/collections/sheets/items?id=M-43");
        Assert.Equal(1, inside.GetProperty("numberMatched").GetInt32());
    }

    [Fact]
    public async Task A_search_takes_the_filter_in_its_body_and_pages_through()
    {
        var body = """{"filter":{"op":"=","args":[{"property":"status"},"prospect"]},"bbox":[60,40,90,60],"limit":2}""";
        var first = await Search($"{Deposits}/search", body, 200);
        Assert.Equal(3, first.GetProperty("numberMatched").GetInt32());
        var second = await Search(Next(first)!, body, 200);
        Assert.Equal(3, Ids(first).Concat(Ids(second)).Distinct().Count());
        Assert.Null(Next(second));
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{"filter":{"op":"=","args":[{"property":"colour"},1]}}""", "/filter/args/0")]
    [InlineData("""{"filter":"TRUE"}""", "/filter")]
    [InlineData("""{"filter":{"op":"="}}""", "/filter")]
    [InlineData("""{"filter-lang":"cql2-text"}""", "/filter-lang")]
    [InlineData("""{"filter-crs":"x"}""", "/filter-crs")]
    [InlineData("""{"bbox":[1,2,3]}""", "/bbox")]
    [InlineData("""{"limit":0}""", "/limit")]
    [InlineData("""{"colour":1}""", "/colour")]
    public async Task A_search_that_cannot_be_read_is_refused_at_its_place(string body, string pointer)
    {
        var problem = await Search($"{Deposits}/search", body, 400);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task A_polygon_of_many_vertices_goes_in_a_body_and_one_of_too_many_is_refused()
    {
        Assert.Equal(1, (await Search($"{Blocks}/search", Circle(60), 200)).GetProperty("numberMatched").GetInt32());
        Assert.Equal(1, (await Search($"{Blocks}/search", Circle(5_000), 200)).GetProperty("numberMatched").GetInt32());
        await Search($"{Blocks}/search", Circle(21_000), 400);
        await Search($"{Blocks}/search", Circle(100_000), 413);
    }

    [Theory]
    [InlineData("license-blocks", "status", "geometry-polygon-or-multipolygon")]
    [InlineData("deposits", "name", "geometry-any")]
    [InlineData("areas", "effect", "geometry-any")]
    [InlineData("sheets", "cells", "geometry-polygon-or-multipolygon")]
    public async Task Queryables_and_schema_describe_a_collection(string collection, string property, string format)
    {
        foreach (var document in (string[])["queryables", "schema"])
        {
            var address = $"/collections/{collection}/{document}";
            var schema = await country.Server.Get(address, mediaType: "application/schema+json");
            Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
            Assert.EndsWith(address, schema.GetProperty("$id").GetString(), StringComparison.Ordinal);
            var properties = schema.GetProperty("properties");
            Assert.True(properties.TryGetProperty(property, out _));
            Assert.Equal(format, properties.GetProperty("geometry").GetProperty("format").GetString());
            Assert.False(properties.GetProperty("geometry").TryGetProperty("type", out _));
        }

        var links = (await country.Server.Get($"/collections/{collection}")).GetProperty("links").EnumerateArray();
        Assert.Contains(links, link => link.GetProperty("rel").GetString() == "http://www.opengis.net/def/rel/ogc/1.0/queryables");
    }

    [Theory]
    [InlineData("license-blocks")]
    [InlineData("deposits")]
    [InlineData("sheets")]
    public async Task The_schema_has_every_property_that_a_feature_has(string collection)
    {
        var schema = (await country.Server.Get($"/collections/{collection}/schema", mediaType: "application/schema+json")).GetProperty("properties");
        var items = await Items($"/collections/{collection}/items?limit=1{(collection == "license-blocks" ? "&cells=true" : "")}");
        foreach (var property in items.GetProperty("features")[0].GetProperty("properties").EnumerateObject())
            Assert.True(schema.TryGetProperty(property.Name, out _), property.Name);
    }

    private static string Circle(int vertices)
    {
        var ring = Enumerable.Range(0, vertices).Select(i => i % (vertices - 1) * 2 * Math.PI / (vertices - 1)).Select(angle => string.Create(
            CultureInfo.InvariantCulture, $"[{78 + (0.1 * Math.Cos(angle)):0.00000000},{49 + (0.1 * Math.Sin(angle)):0.00000000}]"));
        return $$$"""{"filter":{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[{{{string.Join(',', ring)}}}]]}]}}""";
    }

    private async Task<JsonElement> Search(string address, string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await country.Server.Client.PostAsync(new Uri(address, UriKind.RelativeOrAbsolute), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private Task<JsonElement> Items(string address) => country.Server.Get(address, mediaType: "application/geo+json");

    private static IEnumerable<string> Ids(JsonElement answer) =>
        answer.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!);

    private static string? Next(JsonElement answer) => answer.GetProperty("links").EnumerateArray()
        .Where(link => link.GetProperty("rel").GetString() == "next").Select(link => link.GetProperty("href").GetString()).SingleOrDefault();

    public sealed class Country : IAsyncLifetime, IDisposable
    {
        private readonly RegistryServer _registry = new();
        private ReadingServer? _server;

        public ReadingServer Server => _server!;

        public async Task InitializeAsync()
        {
            await _registry.InitializeAsync();
            _server = new ReadingServer(_registry);
            // 78 degrees is the edge of two sheets.
            await Server.Apply(77.99, 49.008, columns: 2);
            await Server.Apply(79.5, 50.5, columns: 1);
            await Server.AddDeposit(71, 44.5);
            await Server.AddDeposit(71.5, 44.2);
            await Server.AddDeposit(80, 49);
        }

        public void Dispose() => _server?.Dispose();

        public Task DisposeAsync() => _registry.DisposeAsync();
    }
}

/// <summary>Tests that only read, and share one registry.</summary>
[CollectionDefinition(Name)]
public sealed class OneCountryToFilter : ICollectionFixture<FilterTests.Country>
{
    public const string Name = "one country to filter";
}
