using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;

namespace Registry.Map.Tests;

/// <summary>The page as a browser gets it: what it loads, what it is told about it, and what everything else gets at <c>/</c>.</summary>
public sealed class PageTests(MapFixture map) : IClassFixture<MapFixture>
{
    private readonly ConcurrentBag<string> _faults = [];

    [MapFact]
    public async Task A_browser_gets_the_map_and_asks_nobody_but_the_registry()
    {
        var page = await map.Open("", _faults);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Registry of mineral titles");
        await Assertions.Expect(page.Locator("canvas.maplibregl-canvas")).ToBeVisibleAsync();
        Assert.Empty(_faults);
    }

    [MapFact]
    public async Task The_page_may_run_no_script_but_its_own_files_and_is_framed_by_nobody()
    {
        using var answer = await Get("/", "text/html");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoCache);
    }

    [MapFact]
    public async Task Files_of_the_page_are_kept_for_ever_and_come_compressed()
    {
        using var page = await Get("/", "text/html");
        var text = await page.Content.ReadAsStringAsync();
        var script = System.Text.RegularExpressions.Regex.Match(text, @"src=""\./(map/[^""]+\.js)""").Groups[1].Value;
        using var plain = await Get("/" + script, "*/*");
        using var packed = await Get("/" + script, "*/*", "br");
        Assert.Equal("text/javascript", plain.Content.Headers.ContentType!.MediaType);
        Assert.Equal("br", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.Contains("immutable", packed.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.True(packed.Content.Headers.ContentLength < plain.Content.Headers.ContentLength / 3);
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
    }

    [MapTheory]
    [InlineData("/map/no-such-file.js")]
    [InlineData("/map/..%2Findex.html")]
    public async Task Nothing_else_is_among_the_files(string address)
    {
        using var answer = await Get(address, "*/*");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [MapFact]
    public async Task Programs_get_JSON_and_whoever_wants_lists_gets_them()
    {
        using var json = await Get("/", "application/json");
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
        using var lists = await Get("/?f=html", "text/html");
        Assert.Contains("The map</a>", await lists.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Get(string address, string accept, string? encoding = null)
    {
        using var client = map.Registry.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Accept.ParseAdd(accept);
        if (encoding is not null)
            request.Headers.AcceptEncoding.ParseAdd(encoding);
        return await client.SendAsync(request);
    }
}
