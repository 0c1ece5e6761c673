using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Origins;

/// <summary>What a browser lets pages of other origins read, as it asks and as it is answered.</summary>
[Collection(OneServer.Name)]
public sealed class OriginTests(RegistryServer server)
{
    private const string Map = "https://map.example";

    [Theory]
    [InlineData("/?f=json", 200)]
    [InlineData("/?f=html", 200)]
    [InlineData("/api", 200)]
    [InlineData("/collections/license-blocks/items?limit=1", 200)]
    [InlineData("/collections/license-blocks/items?f=csv", 200)]
    [InlineData("/collections/deposits/export?f=geojson", 200)]
    [InlineData("/tiles.json", 200)]
    [InlineData("/tiles/5/0/31.mvt", 204)]
    [InlineData("/cells/at?lon=73.5&lat=48.5", 200)]
    [InlineData("/statistics", 200)]
    [InlineData("/healthz/live", 200)]
    [InlineData("/healthz/ready", 200)]
    [InlineData("/collections/license-blocks/items?limit=abc", 400)]
    [InlineData("/nothing/here", 404)]
    [InlineData("/imports", 405)]
    public async Task Every_page_may_read_and_see_the_headers_that_clients_need(string path, int status)
    {
        var reply = await From(Map, path);

        Assert.Equal(status, reply.Status);
        Assert.Equal("*", reply.Headers["Access-Control-Allow-Origin"]);
        Assert.DoesNotContain("Access-Control-Allow-Credentials", reply.Headers.Keys);
        var exposed = reply.Headers["Access-Control-Expose-Headers"].Split(',', StringSplitOptions.TrimEntries);
        foreach (var header in new[] { "Link", "ETag", "Location", "Content-Crs", "OGC-NumberMatched", "Retry-After", "Idempotency-Replayed" })
            Assert.Contains(header, exposed);
    }

    [Fact]
    public async Task A_page_sees_why_its_key_was_refused_and_what_has_not_changed()
    {
        var refused = await server.As("no-such-key").Send(HttpMethod.Get, "/tiles.json", null, ("Origin", Map));
        Assert.Equal((401, "*"), (refused.Status, refused.Headers["Access-Control-Allow-Origin"]));

        var block = await server.ApplicantA().Apply(Bodies.FreshCells(1));
        var known = await server.Nobody().Send(
            HttpMethod.Get, $"/license-blocks/{block.Id}", null, ("Origin", Map), ("If-None-Match", block.ETag));
        Assert.Equal((304, "*"), (known.Status, known.Headers["Access-Control-Allow-Origin"]));
    }

    [Theory]
    [InlineData("/collections/license-blocks/items", "GET")]
    [InlineData("/license-blocks/lb-1", "GET")]
    [InlineData("/tiles/6/44/22.mvt", "GET")]
    [InlineData("/collections/license-blocks/search", "POST")]
    [InlineData("/cells/check", "POST")]
    [InlineData("/free-areas", "POST")]
    public async Task A_question_is_let_through(string path, string method)
    {
        var reply = await Ask(path, method, "authorization, content-type, if-none-match");

        Assert.Equal((204, "", "*"), (reply.Status, reply.Text, reply.Headers["Access-Control-Allow-Origin"]));
        Assert.Contains(method, Words(reply, "Access-Control-Allow-Methods"));
        foreach (var header in new[] { "Authorization", "Content-Type", "If-None-Match", "If-Match", "Idempotency-Key", "Last-Event-ID" })
            Assert.Contains(header, Words(reply, "Access-Control-Allow-Headers"), StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("Access-Control-Allow-Credentials", reply.Headers.Keys);
    }

    [Theory]
    [InlineData("/license-blocks", "POST")]
    [InlineData("/license-blocks/lb-1/grant", "POST")]
    [InlineData("/deposits/dep-1", "PATCH")]
    [InlineData("/imports?collection=deposits", "POST")]
    public async Task A_page_of_any_origin_may_not_write(string path, string method)
    {
        var reply = await Ask(path, method, "authorization");
        Assert.Equal(204, reply.Status);
        Assert.DoesNotContain(reply.Headers.Keys, IsOfOrigins);
    }

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/registry")]
    [InlineData("/DASHBOARD/")]
    [InlineData("/development/clock")]
    public async Task What_is_for_operators_and_for_this_machine_is_for_no_page(string path)
    {
        Assert.DoesNotContain((await From(Map, path)).Headers.Keys, IsOfOrigins);
        Assert.DoesNotContain((await Ask(path, "POST", "authorization")).Headers.Keys, IsOfOrigins);
    }

    [Theory]
    [InlineData("/license-blocks", "POST")]
    [InlineData("/collections/deposits/items", "GET, HEAD")]
    [InlineData("/tiles.json", "GET, HEAD")]
    public async Task Who_asks_what_an_address_takes_is_told(string path, string methods)
    {
        var reply = await server.Nobody().Send(HttpMethod.Options, path, null);
        Assert.Equal((204, ""), (reply.Status, reply.Text));
        Assert.Equal(methods, reply.Headers["Allow"]);
    }

    private static bool IsOfOrigins(string header) => header.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);

    private static string[] Words(Reply reply, string header) =>
        reply.Headers.TryGetValue(header, out var text) ? text.Split(',', StringSplitOptions.TrimEntries) : [];

    private Task<Reply> From(string origin, string path) => server.Nobody().Send(HttpMethod.Get, path, null, ("Origin", origin));

    private Task<Reply> Ask(string path, string method, string headers) => server.Nobody().Send(
        HttpMethod.Options, path, null, ("Origin", Map), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", headers));
}
