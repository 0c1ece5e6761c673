using System.Globalization;
using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Conformance;

/// <summary>
/// The requests of GDAL's driver of OGC API - Features in its versions 3.8 to 3.11, in their order and as they write them, read in
/// ogroapifdriver.cpp; and what the driver needs of each answer.
/// </summary>
public sealed class NewerGdalTests(ConformingRegistry registry) : IClassFixture<ConformingRegistry>
{
    private const string Json = "application/geo+json, application/json";
    private const string OpenApi = "application/vnd.oai.openapi+json;version=3.0";
    private const string Epsg = "http://www.opengis.net/def/crs/EPSG/0/";

    [Fact]
    public async Task A_layer_is_opened_with_its_reference_systems_and_what_it_can_be_asked_by()
    {
        var collections = (await Ask("/collections", Json)).Json;
        var layer = collections.GetProperty("collections").EnumerateArray().Single(each => each.GetProperty("id").GetString() == "license-blocks");
        Assert.Equal(4, layer.GetProperty("extent").GetProperty("spatial").GetProperty("bbox")[0].GetArrayLength());
        Assert.Contains(layer.GetProperty("storageCrs").GetString(), layer.GetProperty("crs").EnumerateArray().Select(system => system.GetString()));
        Assert.Contains($"{Epsg}32642", layer.GetProperty("crs").EnumerateArray().Select(system => system.GetString()));

        // The landing page, the document to which it links, then the parameters of the layer's own path.
        var landing = (await Ask("/", Json)).Json;
        var description = landing.GetProperty("links").EnumerateArray().Single(link =>
            link.GetProperty("rel").GetString() == "service-desc" && link.GetProperty("type").GetString() == OpenApi).GetProperty("href").GetString()!;
        var document = await Ask(new Uri(description).PathAndQuery, OpenApi);
        var types = document.Headers["Content-Type"].Split(';', StringSplitOptions.TrimEntries);
        Assert.Contains("application/vnd.oai.openapi+json", types);
        Assert.Contains("version=3.0", types);
        var parameters = Parameters(document.Json, "/collections/license-blocks/items");
        Assert.All(
            (string[])["bbox", "bbox-crs", "crs", "limit", "filter", "filter-lang", "number", "status", "cellCount", "expiresOn"], name => Assert.Contains(name, parameters.Keys));
        Assert.True(parameters["limit"].GetProperty("schema").GetProperty("maximum").GetInt32() >= 1_000);
        Assert.Contains("cql-text", parameters["filter-lang"].GetProperty("schema").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        // Where it is there, the driver counts by it.
        Assert.DoesNotContain("resultType", parameters.Keys);

        // A few features, to know the fields by.
        var sample = (await Ask("/collections/license-blocks/items?limit=20", Json)).Json;
        Assert.Equal(JsonValueKind.Number, sample.GetProperty("numberMatched").ValueKind);
        Assert.Equal(JsonValueKind.String, sample.GetProperty("features")[0].GetProperty("id").ValueKind);
    }

    [Fact]
    public async Task What_can_be_asked_by_is_listed_at_the_link_of_queryables()
    {
        var layer = (await Ask("/collections/deposits", Json)).Json;
        var links = layer.GetProperty("links").EnumerateArray().Where(link =>
            link.GetProperty("rel").GetString() is "queryables" or "http://www.opengis.net/def/rel/ogc/1.0/queryables").ToList();
        var queryables = (await Ask(new Uri(Assert.Single(links).GetProperty("href").GetString()!).PathAndQuery, "application/schema+json")).Json;
        Assert.All((string[])["name", "status", "commodities"], name => Assert.True(queryables.GetProperty("properties").TryGetProperty(name, out _), name));
    }

    [Theory]
    [InlineData("http://www.opengis.net/def/crs/OGC/1.3/CRS84", false)]
    [InlineData(Epsg + "4326", true)]
    [InlineData(Epsg + "32643", false)]
    [InlineData(Epsg + "3857", false)]
    public async Task A_rectangle_is_read_page_by_page_in_a_system_of_its_own(string system, bool isNorthFirst)
    {
        var all = (await Ask($"/collections/license-blocks/items?limit=1000&crs={system}", Json)).Json.GetProperty("features");
        var (first, second) = (new List<double>(), new List<double>());
        foreach (var feature in all.EnumerateArray())
            Collect(feature.GetProperty("geometry").GetProperty("coordinates"), first, second);
        // North comes first in EPSG:4326, in positions as in rectangles.
        Assert.True(isNorthFirst ? first.Max() < 60 : first.Min() > 60);

        var bounds = string.Join(',', new[] { first.Min(), second.Min(), first.Max(), second.Max() }.Select(number => number.ToString("G17", CultureInfo.InvariantCulture)));
        var ids = new List<string>();
        for (var next = $"/collections/license-blocks/items?limit=5&bbox={bounds}&bbox-crs={system}&crs={system}"; next is not null;)
        {
            var page = await Ask(next, Json);
            Assert.Equal($"<{system}>", page.Headers["Content-Crs"]);
            Assert.False(page.Json.TryGetProperty("crs", out _));
            ids.AddRange(page.Json.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!));
            next = page.Json.GetProperty("links").EnumerateArray()
                .Where(link => link.GetProperty("rel").GetString() == "next" && link.GetProperty("type").GetString() is "application/geo+json" or "application/json")
                .Select(link => new Uri(link.GetProperty("href").GetString()!).PathAndQuery).SingleOrDefault();
        }

        Assert.Equal(all.EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!), ids);
        Assert.True(ids.Count > 10);
    }

    [Theory]
    [InlineData("(kind = 'exploration') AND (cellCount >= 2)", 9)]
    [InlineData("(cellCount = 1) OR (cellCount > 3)", 6)]
    [InlineData("NOT (cellCount < 3.5)", 3)]
    [InlineData("(number IS NULL)", 12)]
    [InlineData("kind ILIKE 'EXPLOR%'", 12)]
    [InlineData("(appliedAt >= '2001-01-01T00:00:00Z') AND (appliedAt <= '2999-01-01T')", 12)]
    [InlineData("status <> 'applied'", 0)]
    public async Task A_condition_goes_behind_the_rectangle_as_one_filter(string condition, int matched)
    {
        var items = await Ask(
            $"/collections/license-blocks/items?limit=1000&bbox=60,40,88,56&bbox-crs={ConformingRegistry.Crs84}&crs={ConformingRegistry.Crs84}&filter={Uri.EscapeDataString(condition)}&filter-lang=cql-text", Json);
        Assert.Equal(matched, items.Json.GetProperty("numberMatched").GetInt32());
        Assert.Equal(matched, items.Json.GetProperty("features").GetArrayLength());
    }

    [Fact]
    public async Task One_feature_is_asked_for_by_its_id_in_the_system_of_the_layer()
    {
        var id = (await registry.Items("license-blocks")).GetProperty("features")[0].GetProperty("id").GetString();
        var feature = await Ask($"/collections/license-blocks/items/{id}?crs={Epsg}32642", Json);
        Assert.Equal((id, $"<{Epsg}32642>"), (feature.Id, feature.Headers["Content-Crs"]));
    }

    private static Dictionary<string, JsonElement> Parameters(JsonElement document, string path)
    {
        var parameters = new Dictionary<string, JsonElement>();
        foreach (var given in document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray())
        {
            var parameter = given;
            if (given.TryGetProperty("$ref", out var reference))
                parameter = reference.GetString()!["#/".Length..].Split('/').Aggregate(document, (within, name) => within.GetProperty(name));
            Assert.Equal("query", parameter.GetProperty("in").GetString());
            parameters.Add(parameter.GetProperty("name").GetString()!, parameter);
        }

        return parameters;
    }

    private static void Collect(JsonElement coordinates, List<double> first, List<double> second)
    {
        if (coordinates[0].ValueKind == JsonValueKind.Number)
        {
            first.Add(coordinates[0].GetDouble());
            second.Add(coordinates[1].GetDouble());
            return;
        }

        foreach (var part in coordinates.EnumerateArray())
            Collect(part, first, second);
    }

    private async Task<Reply> Ask(string address, string accept)
    {
        var reply = await registry.Nobody.Send(HttpMethod.Get, address, null, ("Accept", accept));
        Assert.True(reply.Status == 200, $"{address}: {reply.Status} {reply.Text}");
        return reply;
    }
}
