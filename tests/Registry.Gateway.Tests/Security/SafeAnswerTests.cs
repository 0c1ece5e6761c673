using System.Net.Sockets;
using System.Text;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Security;

/// <summary>What a browser could make of an answer.</summary>
[Collection(OneServer.Name)]
public sealed class SafeAnswerTests(RegistryServer server)
{
    [Theory]
    [InlineData("/?f=json")]
    [InlineData("/?f=html")]
    [InlineData("/conformance")]
    [InlineData("/api")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/collections")]
    [InlineData("/collections/deposits/items")]
    [InlineData("/collections/deposits/items?f=csv")]
    [InlineData("/collections/deposits/items?f=fgb")]
    [InlineData("/collections/deposits/export?f=csv")]
    [InlineData("/collections/deposits/export?f=geojson")]
    [InlineData("/statistics")]
    [InlineData("/tiles.json")]
    [InlineData("/tiles/3/5/2.mvt")]
    [InlineData("/cells/at?lon=73.5&lat=48.5")]
    [InlineData("/problems")]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/nothing/here")]
    [InlineData("/parties/party-none")]
    [InlineData("/imports")]
    [InlineData("/dashboard")]
    public async Task Every_answer_is_of_the_type_that_it_says(string path) =>
        Assert.Equal("nosniff", (await server.Nobody().Get(path)).Headers["X-Content-Type-Options"]);

    [Theory]
    [InlineData("/?f=html")]
    [InlineData("/conformance?f=html")]
    [InlineData("/api?f=html")]
    [InlineData("/collections?f=html")]
    [InlineData("/collections/deposits?f=html")]
    [InlineData("/collections/deposits/items?f=html")]
    public async Task A_page_loads_nothing_and_is_shown_in_no_frame(string path)
    {
        var page = await server.Nobody().Get(path);

        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/problems/%3Cimg%20src=x%20onerror=alert(1)%3E")]
    [InlineData("/cells/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/collections/deposits/items?filter=%3Cb%3E%26amp;")]
    [InlineData("/collections/deposits/items?%3Csvg%20onload=x%3E=1")]
    [InlineData("/license-blocks/%3Ca%3E")]
    [InlineData("/%3Cb%3E%26")]
    public async Task A_problem_says_a_strangers_words_again_without_their_markup(string path)
    {
        var reply = await server.Nobody().Get(path);

        Assert.Equal("application/problem+json", reply.MediaType);
        Assert.False(reply.Text.AsSpan().ContainsAny("<>&"), reply.Text);
        Assert.NotEmpty(reply.Json.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task The_words_themselves_are_what_they_were() => Assert.Equal(
        "There is no type of problem '<img src=x>&'.",
        (await server.Nobody().Get("/problems/%3Cimg%20src=x%3E%26")).IsProblem(404, "not-found").Json.GetProperty("detail").GetString());

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData("host:99999")]
    [InlineData("host:-1")]
    [InlineData("a..b")]
    [InlineData("user@host")]
    [InlineData("[::1")]
    [InlineData("[zz]")]
    [InlineData("%zz")]
    public async Task A_host_that_cannot_be_is_refused(string host) =>
        Assert.StartsWith("HTTP/1.1 400 ", await Raw($"GET /tiles.json HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task A_probe_that_knows_no_host_learns_whether_the_registry_lives()
    {
        Assert.StartsWith("HTTP/1.1 200 ", await Raw("GET /healthz/live HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await Raw("GET /tiles.json HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
    }

    private async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
