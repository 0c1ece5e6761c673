using System.Net.Sockets;
using System.Text;
using Registry.Gateway.Tests.Serving;
using Registry.Hosting;

namespace Registry.Gateway.Tests.Security;

/// <summary>Where the public address is set, no link follows what a request says of it.</summary>
public sealed class PublicUrlTests : IAsyncLifetime
{
    private const string Url = "https://cadastre.example/ogc";

    private readonly RegistryServer _server =
        RegistryServer.With(services => { }, "--Registry:PublicUrl", Url + "/");

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/ogc/")]
    [InlineData("/ogc")]
    [InlineData("/collections")]
    [InlineData("/ogc/collections")]
    [InlineData("/collections/deposits")]
    [InlineData("/collections/license-blocks/items?limit=1")]
    [InlineData("/cells/free?limit=1")]
    [InlineData("/tiles.json")]
    [InlineData("/api")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/collections/deposits/queryables")]
    [InlineData("/?f=html")]
    [InlineData("/collections/deposits/items?f=html")]
    public async Task Every_link_begins_with_it(string path)
    {
        var reply = await _server.Nobody().Send(HttpMethod.Get, path, null, ("Host", "evil.example"));

        Assert.Equal(200, reply.Status);
        Assert.Contains(Url, reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Url}/ogc", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http://127", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_object_is_at_an_address_of_it()
    {
        var party = await _server.Registrar().Post("/parties", """{"name":"Somebody","kind":"company","country":"KZ"}""");
        Assert.Equal($"{Url}/parties/{party.Id}", party.Headers["Location"]);
    }

    // Nor does an empty one matter then.
    [Fact]
    public async Task A_request_repeated_through_another_way_in_is_the_same_request()
    {
        const string body = """{"name":"Twice","kind":"company","country":"KZ"}""";
        var first = await _server.Registrar().Post("/parties", body, idempotencyKey: "way");
        var again = await _server.Registrar().Post("/ogc/parties", body, idempotencyKey: "way");

        Assert.Equal((201, first.Text), (again.Status, again.Text));
    }

    [Theory]
    [InlineData("nonsense", 400, "malformed")]
    [InlineData("GET collections HTTP/1.1", 405, "method-not-allowed")]
    [InlineData("GET /collections HTTP/1.1", 400, "malformed")]
    public async Task What_the_web_server_itself_refuses_names_its_problem_by_it(string line, int status, string slug)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server.Address.Host, _server.Address.Port);
        await using var stream = client.GetStream();
        // Without a host, which HTTP/1.1 asks for.
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains($"\"type\":\"{Url}/problems/{slug}\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cadastre.example")]
    [InlineData("/ogc")]
    [InlineData("ftp://cadastre.example")]
    [InlineData("https://cadastre.example/?a=b")]
    [InlineData("https://user@cadastre.example/")]
    [InlineData("https://cadastre.example/#x")]
    public void What_is_no_address_is_refused_at_the_start(string url) =>
        Assert.Throws<SettingException>(() => Gateway.Build(["--Registry:PublicUrl", url]));
}
