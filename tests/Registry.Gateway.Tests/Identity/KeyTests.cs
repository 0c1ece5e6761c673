using Microsoft.AspNetCore.Http;
using Registry.Core;
using Registry.Gateway.Identity;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Identity;

[Collection(OneServer.Name)]
public sealed class KeyTests(RegistryServer server)
{
    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("Basic ZGV2OmRldg==")]
    [InlineData("dev-registrar")]
    public async Task A_wrong_key_is_refused_even_where_none_is_needed(string authorization)
    {
        var reply = await server.Nobody().Send(HttpMethod.Get, "/problems/stale", null, ("Authorization", authorization));

        reply.IsProblem(401, "unauthorized");
        Assert.StartsWith("Bearer", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/license-blocks")]
    [InlineData("/license-blocks/lb-x/grant")]
    [InlineData("/deposits")]
    [InlineData("/deposits/dep-x/estimates")]
    [InlineData("/areas")]
    [InlineData("/parties")]
    public async Task Writing_without_a_key_is_refused(string path)
    {
        var reply = await server.Nobody().Post(path, "{}");

        reply.IsProblem(401, "unauthorized");
        Assert.Equal("Bearer realm=\"registry\"", reply.Headers["WWW-Authenticate"]);
    }

    [Theory]
    [InlineData("dev-operator", "/license-blocks")]
    [InlineData("dev-operator", "/parties")]
    [InlineData("dev-applicant-a", "/deposits")]
    [InlineData("dev-applicant-a", "/areas")]
    [InlineData("dev-applicant-a", "/parties")]
    public async Task A_role_that_may_not_is_told_so(string key, string path) =>
        (await server.As(key).Post(path, "{}")).IsProblem(403, "forbidden");

    [Fact]
    public async Task An_issued_key_works_at_once_and_a_revoked_one_is_not_believed_for_longer_than_a_few_seconds()
    {
        var keyring = server.Keyring;
        var caller = new Caller("inspector", Role.Registrar);
        Assert.True(await keyring.Issue(KeyDigest.Of("secret-of-inspector"), caller, DateTimeOffset.UnixEpoch));

        Assert.Equal(404, (await server.As("secret-of-inspector").Get("/license-blocks/lb-none")).Status);
        Assert.True(await keyring.Revoke("inspector", DateTimeOffset.UnixEpoch));

        var keys = new KnownKeys(keyring, new DevelopmentKeys());
        Assert.Null(await keys.Find("secret-of-inspector", new DefaultHttpContext()));
        Assert.InRange(KnownKeys.Life, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_development_keys_open_nothing_until_they_are_put_in_force()
    {
        var keys = new DevelopmentKeys();
        Assert.Null(keys.Find("dev-registrar"));
        keys.PutInForce();
        Assert.Equal(Role.Registrar, keys.Find("dev-registrar")?.Caller.Role);
    }
}
