using System.Globalization;
using System.Text.Json;

namespace Registry.Gateway.Tests.Conformance;

/// <summary>
/// The abstract tests of OGC API - Features - Part 1, class Core, each under its own identifier.
/// </summary>
[Collection(OneConformingRegistry.Name)]
public sealed class CoreTests(ConformingRegistry registry)
{
    private static readonly string[] OfItems = ["text/html", "text/csv", "application/vnd.flatgeobuf", "application/geo+json-seq"];

    [Fact(DisplayName = "/conf/core/http")]
    public async Task Conf_core_http()
    {
        using var client = new HttpClient();
        var self = ConformingRegistry.Link((await registry.Get("/")).Json, "self");
        using var request = new HttpRequestMessage(HttpMethod.Get, self) { Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await client.SendAsync(request);
        Assert.Equal(new Version(1, 1), answer.Version);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact(DisplayName = "/conf/core/crs84")]
    public async Task Conf_core_crs84()
    {
        foreach (var id in await registry.CollectionIds())
        {
            var features = await registry.Items(id);
            Assert.NotEmpty(features.GetProperty("features").EnumerateArray());
            Assert.All(features.GetProperty("features").EnumerateArray().SelectMany(ConformingRegistry.PositionsOf), position =>
            {
                Assert.InRange(position.X, 42, 90);
                Assert.InRange(position.Y, 40, 56);
            });
        }
    }

    [Fact(DisplayName = "/conf/core/root-op, /conf/core/root-success")]
    public async Task Conf_core_root_op_and_success()
    {
        var landing = (await registry.Get("/")).Json;
        foreach (var relation in new[] { "service-desc", "service-doc", "conformance", "data" })
            Assert.NotEmpty(ConformingRegistry.Link(landing, relation));
        ConformingRegistry.AssertLinks(landing, "text/html");
    }

    [Fact(DisplayName = "/conf/core/api-definition-op, /conf/core/api-definition-success")]
    public async Task Conf_core_api_definition_op_and_success()
    {
        var links = (await registry.Get("/")).Json.GetProperty("links").EnumerateArray()
            .Where(link => link.GetProperty("rel").GetString() is "service-desc" or "service-doc").ToList();
        Assert.Equal(3, links.Count);
        foreach (var link in links)
        {
            var type = link.GetProperty("type").GetString()!.Split(';')[0];
            var document = await registry.Get(link.GetProperty("href").GetString()!, type);
            if (type != "text/html")
                Assert.StartsWith("3.", document.Json.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact(DisplayName = "/conf/core/conformance-op, /conf/core/conformance-success")]
    public async Task Conf_core_conformance_op_and_success()
    {
        foreach (var address in new[] { "/conformance", ConformingRegistry.Link((await registry.Get("/")).Json, "conformance") })
        {
            var classes = (await registry.Get(address)).Json.GetProperty("conformsTo").EnumerateArray().Select(name => name.GetString()).ToList();
            Assert.Contains("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core", classes);
            Assert.Equal(classes.Distinct(), classes);
        }
    }

    [Fact(DisplayName = "/conf/core/fc-md-op, /conf/core/fc-md-success, /conf/core/fc-md-links")]
    public async Task Conf_core_fc_md_op_success_and_links()
    {
        var collections = (await registry.Get("/collections")).Json;
        ConformingRegistry.AssertLinks(collections, "text/html");
        Assert.All(collections.GetProperty("collections").EnumerateArray(), collection =>
            Assert.Equal(ConformingRegistry.Crs84, collection.GetProperty("crs")[0].GetString()));
    }

    [Fact(DisplayName = "/conf/core/fc-md-items, /conf/core/fc-md-items-links")]
    public async Task Conf_core_fc_md_items_and_links()
    {
        Assert.Equal(["license-blocks", "deposits", "areas", "sheets"], await registry.CollectionIds());
        foreach (var collection in await registry.Collections())
        {
            var items = collection.GetProperty("links").EnumerateArray().Where(link => link.GetProperty("rel").GetString() == "items").ToList();
            Assert.Equal(["application/geo+json", .. OfItems], items.Select(link => link.GetProperty("type").GetString()!));
            foreach (var link in items)
                await registry.Get(link.GetProperty("href").GetString()!, link.GetProperty("type").GetString()!);
        }
    }

    [Fact(DisplayName = "/conf/core/fc-md-extent, /conf/core/fc-md-extent-multi")]
    public async Task Conf_core_fc_md_extent()
    {
        foreach (var collection in await registry.Collections())
        {
            var box = Assert.Single(collection.GetProperty("extent").GetProperty("spatial").GetProperty("bbox").EnumerateArray());
            var features = await registry.Items(collection.GetProperty("id").GetString()!);
            Assert.All(features.GetProperty("features").EnumerateArray().SelectMany(ConformingRegistry.PositionsOf), position =>
            {
                Assert.InRange(position.X, box[0].GetDouble(), box[2].GetDouble());
                Assert.InRange(position.Y, box[1].GetDouble(), box[3].GetDouble());
            });
        }
    }

    [Fact(DisplayName = "/conf/core/sfc-md-op, /conf/core/sfc-md-success")]
    public async Task Conf_core_sfc_md_op_and_success()
    {
        foreach (var collection in await registry.Collections())
            Assert.Equal(collection.GetRawText(), (await registry.Get($"/collections/{collection.GetProperty("id").GetString()}")).Text);
    }

    [Fact(DisplayName = "/conf/core/fc-op, /conf/core/fc-response, /conf/core/fc-links")]
    public async Task Conf_core_fc_op_response_and_links()
    {
        foreach (var id in await registry.CollectionIds())
        {
            var features = await registry.Items(id, "");
            Assert.Equal("FeatureCollection", features.GetProperty("type").GetString());
            Assert.All(features.GetProperty("features").EnumerateArray(), feature => Assert.Equal("Feature", feature.GetProperty("type").GetString()));
            ConformingRegistry.AssertLinks(features, OfItems);
        }
    }

    [Fact(DisplayName = "/conf/core/fc-bbox-definition, /conf/core/fc-limit-definition, /conf/core/fc-time-definition")]
    public async Task Conf_core_fc_definitions()
    {
        var document = (await registry.Get("/api", "application/vnd.oai.openapi+json")).Json;
        var parameters = document.GetProperty("paths").GetProperty("/collections/{collection}/items").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().Select(reference => reference.GetProperty("$ref").GetString()!.Split('/')[^1]).ToList();
        foreach (var (name, type) in new[] { ("bbox", "array"), ("limit", "integer"), ("datetime", "string") })
        {
            Assert.Contains(name, parameters);
            var parameter = document.GetProperty("components").GetProperty("parameters").GetProperty(name);
            Assert.Equal(name, parameter.GetProperty("name").GetString());
            Assert.Equal("query", parameter.GetProperty("in").GetString());
            Assert.Equal(type, parameter.GetProperty("schema").GetProperty("type").GetString());
            Assert.False(parameter.TryGetProperty("required", out var required) && required.GetBoolean());
            // The writer of the document leaves style=form out, which is the default of a query parameter.
            Assert.False(parameter.GetProperty("explode").GetBoolean());
        }
    }

    [Theory(DisplayName = "/conf/core/fc-bbox-response")]
    [InlineData("73,49,73.5,49.5")]
    [InlineData("73,49,0,73.5,49.5,1000")]
    public async Task Conf_core_fc_bbox_response(string bbox)
    {
        var all = await registry.Items("license-blocks");
        var expected = all.GetProperty("features").EnumerateArray().Where(feature =>
        {
            var positions = ConformingRegistry.PositionsOf(feature).ToList();
            return positions.Min(p => p.X) <= 73.5 && positions.Max(p => p.X) >= 73 && positions.Min(p => p.Y) <= 49.5 && positions.Max(p => p.Y) >= 49;
        }).Select(feature => feature.GetProperty("id").GetString());
        var found = ConformingRegistry.Ids(await registry.Items("license-blocks", $"limit=1000&bbox={bbox}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Empty(ConformingRegistry.Ids(await registry.Items("license-blocks", "bbox=0,0,1,1")));
    }

    [Fact(DisplayName = "/conf/core/fc-limit-response")]
    public async Task Conf_core_fc_limit_response()
    {
        foreach (var id in await registry.CollectionIds())
        {
            foreach (var limit in new[] { 1, 5, 10_000, 10_001, 1_000_000 })
                Assert.InRange((await registry.Items(id, $"limit={limit}")).GetProperty("features").GetArrayLength(), 1, limit);
        }
    }

    [Theory(DisplayName = "/conf/core/fc-time-response")]
    [InlineData("2030-01-01T00:00:00Z")]
    [InlineData("2020-01-01T00:00:00Z/2030-01-01T00:00:00Z")]
    [InlineData("../2030-01-01T00:00:00Z")]
    [InlineData("/2030-01-01T00:00:00Z")]
    [InlineData("2020-01-01T00:00:00Z/..")]
    [InlineData("2020-01-01T00:00:00Z/")]
    public async Task Conf_core_fc_time_response(string datetime)
    {
        var reply = await registry.Nobody.Get($"/collections/sheets/items?limit=100&datetime={datetime}");
        // Sheets have no time: whatever is asked, they match.
        Assert.Equal((200, 26), (reply.Status, reply.Json.GetProperty("numberMatched").GetInt32()));
    }

    [Fact(DisplayName = "/conf/core/fc-timeStamp, /conf/core/fc-numberMatched, /conf/core/fc-numberReturned")]
    public async Task Conf_core_fc_timeStamp_numberMatched_and_numberReturned()
    {
        foreach (var id in await registry.CollectionIds())
        {
            var before = DateTimeOffset.UtcNow.AddSeconds(-1);
            var features = await registry.Items(id);
            Assert.InRange(features.GetProperty("timeStamp").GetDateTimeOffset(), before, DateTimeOffset.UtcNow.AddSeconds(1));
            var count = features.GetProperty("features").GetArrayLength();
            Assert.Equal(count, features.GetProperty("numberReturned").GetInt32());
            Assert.Equal(count, features.GetProperty("numberMatched").GetInt32());
        }
    }

    [Theory(DisplayName = "/conf/core/query-param-invalid, /conf/core/query-param-unknown")]
    [InlineData("limit=many", "limit")]
    [InlineData("bbox=1,2", "bbox")]
    [InlineData("datetime=soon", "datetime")]
    [InlineData("crs=here", "crs")]
    [InlineData("unknown-parameter=1", "unknown-parameter")]
    public async Task Conf_core_query_param_invalid_and_unknown(string query, string name)
    {
        foreach (var id in await registry.CollectionIds())
            Assert.Equal([name], (await registry.Nobody.Get($"/collections/{id}/items?{query}")).IsProblem(400, "malformed").Pointers);
    }

    [Fact(DisplayName = "/conf/core/f-op, /conf/core/f-success, /conf/core/f-links")]
    public async Task Conf_core_f_op_success_and_links()
    {
        foreach (var id in await registry.CollectionIds())
        {
            foreach (var listed in (await registry.Items(id)).GetProperty("features").EnumerateArray())
            {
                var name = listed.GetProperty("id").GetString()!;
                var feature = (await registry.Get($"/collections/{id}/items/{name}", "application/geo+json")).Json;
                Assert.Equal(name, feature.GetProperty("id").GetString());
                Assert.Equal(listed.GetProperty("geometry").GetRawText(), feature.GetProperty("geometry").GetRawText());
                Assert.Equal(JsonValueKind.Object, feature.GetProperty("properties").ValueKind);
                ConformingRegistry.AssertLinks(feature, "text/html");
                Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"/collections/{id}"), ConformingRegistry.Link(feature, "collection"), StringComparison.Ordinal);
            }
        }
    }
}
