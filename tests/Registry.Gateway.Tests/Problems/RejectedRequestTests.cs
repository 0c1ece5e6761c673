using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Registry.Gateway.Problems;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Problems;

/// <summary>Requests that are none, or that no address takes: each is answered with a problem of the table.</summary>
[Collection(OneServer.Name)]
public sealed class RejectedRequestTests(RegistryServer server)
{
    [Theory]
    [InlineData("GET /collections/%00 HTTP/1.1", 400, "malformed")]
    [InlineData("GET /a%00b?x=1 HTTP/1.1", 400, "malformed")]
    [InlineData("GET /collections/\u0001 HTTP/1.1", 404, "not-found")]
    [InlineData("G@T /collections HTTP/1.1", 400, "malformed")]
    [InlineData("GET collections HTTP/1.1", 405, "method-not-allowed")]
    [InlineData("nonsense", 400, "malformed")]
    [InlineData("GET // HTTP/1.1", 404, "not-found")]
    [InlineData("GET //collections HTTP/1.1", 404, "not-found")]
    [InlineData("GET /collections//items HTTP/1.1", 404, "not-found")]
    [InlineData("GET /collections/..%2f..%2fetc%2fpasswd HTTP/1.1", 404, "not-found")]
    [InlineData("GET /collections/%ff%fe HTTP/1.1", 404, "not-found")]
    [InlineData("GET /problems/..%5c HTTP/1.1", 404, "not-found")]
    [InlineData("DELETE /collections HTTP/1.1", 405, "method-not-allowed")]
    [InlineData("BREW /license-blocks HTTP/1.1", 405, "method-not-allowed")]
    public async Task It_is_a_problem(string line, int status, string slug) =>
        Assert.Equal(slug, Problem(await Raw($"{line}\r\nHost: registry.localhost\r\nConnection: close\r\n\r\n"), status));

    [Theory]
    [InlineData(9_000)]
    [InlineData(60_000)]
    public async Task An_address_that_is_too_long_is_told_where_long_filters_go(int length) => Assert.Equal(
        "address-too-long",
        Problem(await Raw($"GET /collections/deposits/items?filter={new string('a', length)} HTTP/1.1\r\nHost: registry.localhost\r\n\r\n"), 414));

    [Fact]
    public async Task So_are_headers_without_a_host_and_too_many_of_them()
    {
        Assert.Equal("malformed", Problem(await Raw("GET /collections HTTP/1.1\r\n\r\n"), 400));
        Assert.Equal("headers-too-large", Problem(await Raw(
            $"GET /collections HTTP/1.1\r\nHost: registry.localhost\r\n{string.Concat(Enumerable.Range(0, 150).Select(i => $"X-Header-{i}: {i}\r\n"))}\r\n"), 431));
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 12\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\nHTTP/1.1")]
    [InlineData("some text of an answer")]
    [InlineData("")]
    public void Other_answers_go_out_as_they_are(string written) => Assert.Null(new RejectedRequests("").Instead(Encoding.ASCII.GetBytes(written)));

    private static string Problem(string answer, int status)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json\r\n", answer, StringComparison.Ordinal);
        if (status == 405)
            Assert.Contains("\r\nAllow: ", answer, StringComparison.Ordinal);
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem.GetProperty("type").GetString()!["/problems/".Length..];
    }

    private async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
