using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Security;

/// <summary>What a proxy says of the address under which its clients know the registry.</summary>
public sealed class TrustedProxyTests
{
    private static readonly (string, string?)[] s_said =
    [
        ("Host", "10.0.0.9:5080"), ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "cadastre.example"),
    ];

    [Theory]
    [InlineData("/ogc", "https://cadastre.example/ogc")]
    [InlineData("/ogc/", "https://cadastre.example/ogc")]
    [InlineData("//ogc/v1//", "https://cadastre.example/ogc/v1")]
    [InlineData("/", "https://cadastre.example")]
    [InlineData(null, "https://cadastre.example")]
    public async Task Links_are_those_that_a_trusted_proxy_says(string? prefix, string root)
    {
        await using var registry = await Started("--Registry:TrustedProxies=127.0.0.0/8");
        (string, string?)[] said = [.. s_said, ("X-Forwarded-Prefix", prefix)];
        foreach (var path in new[] { "/", "/tiles.json", "/collections", "/collections/license-blocks/items?limit=1", "/collections/deposits?f=html" })
        {
            var reply = await registry.Server.Nobody().Send(HttpMethod.Get, path, null, said);
            Assert.Equal(200, reply.Status);
            Assert.Contains($"\"{root}/", reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("10.0.0.9", reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("http://cadastre", reply.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_anybody_else_says_is_not_believed()
    {
        await using var registry = await Started("--Registry:TrustedProxies=192.0.2.1");
        var reply = await registry.Server.Nobody().Send(HttpMethod.Get, "/tiles.json", null, [.. s_said, ("X-Forwarded-Prefix", "/evil")]);

        Assert.Contains("http://10.0.0.9:5080/tiles/", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("cadastre.example", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", reply.Text, StringComparison.Ordinal);
    }

    private static async Task<RunningRegistry> Started(params string[] settings)
    {
        var server = RegistryServer.Set(settings);
        await server.InitializeAsync();
        return new RunningRegistry(server);
    }

    private sealed record RunningRegistry(RegistryServer Server) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(Server.DisposeAsync());
    }
}
