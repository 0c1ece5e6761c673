using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Security;

/// <summary>What everybody knows works for requests of this machine alone.</summary>
[Collection(OneServer.Name)]
public sealed class LoopbackTests(RegistryServer server)
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5080")]
    [InlineData("127.0.0.1:80")]
    [InlineData("127.8.9.10")]
    [InlineData("[::1]:5080")]
    [InlineData("registry.localhost")]
    public async Task A_host_of_the_loopback_is_served(string host)
    {
        Assert.Equal(200, (await Ask(("Host", host))).Status);
        Assert.Equal(400, (await Move(("Host", host))).Status);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Host", "evil-localhost")]
    [InlineData("Host", "127.0.0.1.nip.io")]
    [InlineData("Host", "127.1")]
    [InlineData("Host", "2130706433")]
    [InlineData("Host", "192.168.0.7:5080")]
    [InlineData("Host", "[::ffff:10.0.0.1]")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-For", "")]
    [InlineData("x-forwarded-host", "localhost")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 tunnel")]
    [InlineData("CF-Connecting-IP", "203.0.113.9")]
    [InlineData("True-Client-IP", "203.0.113.9")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Nobody_else_is(string header, string value)
    {
        (await Ask((header, value))).IsProblem(401, "unauthorized");
        (await Move((header, value))).IsProblem(403, "forbidden");
    }

    // A key that was believed for a request of this machine is not for another's.
    [Fact]
    public async Task What_is_public_is_read_by_anybody()
    {
        Assert.Equal(200, (await server.Nobody().Send(HttpMethod.Get, "/problems", null, ("Host", "registry.example"))).Status);
        Assert.Equal(200, (await Ask()).Status);
        (await Ask(("Host", "registry.example"))).IsProblem(401, "unauthorized");
    }

    private Task<Reply> Ask(params (string, string?)[] headers) => server.Registrar().Send(HttpMethod.Get, "/problems", null, headers);

    // Without an instant: 400 from who may move the clock, and nothing moves.
    private Task<Reply> Move(params (string, string?)[] headers) =>
        server.Nobody().Send(HttpMethod.Post, "/development/clock", RegistryClient.Content("{}", "application/json"), headers);
}
