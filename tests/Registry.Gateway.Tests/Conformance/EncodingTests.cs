using System.Net.Http.Headers;
using Microsoft.OpenApi;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Conformance;

/// <summary>The abstract tests of OGC API - Features - Part 1, classes GeoJSON, HTML and OpenAPI 3.0, each under its own identifier.</summary>
[Collection(OneConformingRegistry.Name)]
public sealed class EncodingTests(ConformingRegistry registry)
{
    private static readonly string[] WithoutFeatures = ["/", "/conformance", "/collections", "/collections/license-blocks"];

    [Fact(DisplayName = "/conf/geojson/definition, /conf/geojson/content")]
    public async Task Conf_geojson_definition_and_content()
    {
        foreach (var address in WithoutFeatures)
            Assert.Equal("application/json", (await Ask(address, "application/json")).MediaType);
        foreach (var id in await registry.CollectionIds())
        {
            var items = await Ask($"/collections/{id}/items", "application/geo+json");
            Assert.Equal("application/geo+json", items.MediaType);
            var name = items.Json.GetProperty("features")[0].GetProperty("id").GetString();
            var item = await Ask($"/collections/{id}/items/{name}", "application/geo+json");
            Assert.Equal("application/geo+json", item.MediaType);
            Assert.Equal(name, item.Json.GetProperty("id").GetString());
        }
    }

    [Fact(DisplayName = "/conf/html/definition, /conf/html/content")]
    public async Task Conf_html_definition_and_content()
    {
        // Browsers get the map at /, where it was built.
        var addresses = WithoutFeatures.Append("/api").Select(address => address == "/" ? "/?f=html" : address).ToList();
        foreach (var id in await registry.CollectionIds())
        {
            var name = (await registry.Items(id)).GetProperty("features")[0].GetProperty("id").GetString();
            addresses.AddRange([$"/collections/{id}", $"/collections/{id}/items", $"/collections/{id}/items/{name}"]);
        }

        foreach (var address in addresses)
        {
            var page = await Ask(address, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
            Assert.Equal("text/html", page.MediaType);
            Assert.StartsWith("<!doctype html>", page.Text, StringComparison.Ordinal);
            Assert.Contains("<title>", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
            Assert.EndsWith("</html>", page.Text.TrimEnd(), StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        }

        Assert.Contains("&lt;script&gt;alert(", (await Ask("/collections/deposits/items", "text/html")).Text, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "/conf/oas30/oas-definition-1, /conf/oas30/oas-definition-2")]
    public async Task Conf_oas30_oas_definition()
    {
        var links = (await registry.Get("/")).Json.GetProperty("links").EnumerateArray().ToList();
        Assert.Contains(links, link => link.GetProperty("rel").GetString() == "service-doc" && link.GetProperty("type").GetString() == "text/html");
        var json = links.First(link => link.GetProperty("type").GetString() == "application/vnd.oai.openapi+json;version=3.0");
        Assert.Equal("service-desc", json.GetProperty("rel").GetString());
        var document = await registry.Get(json.GetProperty("href").GetString()!, "application/vnd.oai.openapi+json");
        Assert.Equal("application/vnd.oai.openapi+json;version=3.0", document.Headers["Content-Type"].Replace(" ", "", StringComparison.Ordinal));
        Assert.Empty(OpenApiDocument.Parse(document.Text, OpenApiConstants.Json).Diagnostic!.Errors);
    }

    [Fact(DisplayName = "/conf/oas30/completeness, /conf/oas30/exceptions-codes")]
    public async Task Conf_oas30_completeness_and_exceptions_codes()
    {
        var document = (await registry.Get("/api", "application/vnd.oai.openapi+json")).Json;
        foreach (var (path, address) in new[]
        {
            ("/", "/"), ("/conformance", "/conformance"), ("/collections", "/collections"), ("/api", "/api"),
            ("/collections/{collection}", "/collections/{0}"), ("/collections/{collection}/items", "/collections/{0}/items"),
            ("/collections/{collection}/export", "/collections/{0}/export"),
        })
        {
            var responses = document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses");
            var sound = await registry.Nobody.Get(address.Replace("{0}", "areas", StringComparison.Ordinal));
            Assert.Contains(responses.GetProperty("200").GetProperty("content").EnumerateObject(), type => type.Name.Split(';')[0] == sound.MediaType);
            Assert.Equal(400, (await registry.Nobody.Get(address.Replace("{0}", "areas", StringComparison.Ordinal) + "?no-such=1")).Status);
            Assert.True(responses.TryGetProperty("400", out _), path);
            if (!path.Contains('{', StringComparison.Ordinal))
                continue;
            Assert.Equal(404, (await registry.Nobody.Get(address.Replace("{0}", "mines", StringComparison.Ordinal))).Status);
            Assert.True(responses.TryGetProperty("404", out _), path);
        }
    }

    [Fact(DisplayName = "/conf/oas30/oas-impl")]
    public async Task Conf_oas30_oas_impl()
    {
        var document = (await registry.Get("/api", "application/vnd.oai.openapi+json")).Json;
        var formats = document.GetProperty("components").GetProperty("parameters").GetProperty("fOfItems").GetProperty("schema").GetProperty("enum");
        var types = document.GetProperty("paths").GetProperty("/collections/{collection}/items").GetProperty("get")
            .GetProperty("responses").GetProperty("200").GetProperty("content");
        foreach (var format in formats.EnumerateArray())
        {
            foreach (var id in await registry.CollectionIds())
            {
                var answer = await registry.Nobody.Get($"/collections/{id}/items?f={format.GetString()}");
                Assert.Equal(200, answer.Status);
                Assert.True(types.TryGetProperty(answer.MediaType!, out _), answer.MediaType);
            }
        }
    }

    [Fact(DisplayName = "/conf/oas30/security")]
    public async Task Conf_oas30_security()
    {
        var document = (await registry.Get("/api", "application/vnd.oai.openapi+json")).Json;
        var schemes = document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name).ToList();
        Assert.Equal(["apiKey"], schemes);
        var secured = document.GetProperty("paths").GetProperty("/license-blocks").GetProperty("post").GetProperty("security");
        Assert.True(secured[0].TryGetProperty("apiKey", out _));
        Assert.Equal(401, (await registry.Nobody.Post("/license-blocks", "{}")).Status);
    }

    private Task<Reply> Ask(string address, string accept)
    {
        Assert.All(accept.Split(','), type => MediaTypeWithQualityHeaderValue.Parse(type));
        return registry.Nobody.Send(HttpMethod.Get, address, null, ("Accept", accept));
    }
}
