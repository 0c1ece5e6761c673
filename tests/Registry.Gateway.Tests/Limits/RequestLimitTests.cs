using System.Globalization;
using System.Net;
using Registry.Core;
using Registry.Gateway.Identity;
using Registry.Gateway.Tests.Serving;
using Registry.Hosting;
using Registry.Hosting.Callers;

namespace Registry.Gateway.Tests.Limits;

/// <summary>How many requests a key, and an address without one, may send.</summary>
public sealed class RequestLimitTests : IAsyncLifetime
{
    // So slow to fill again that no test sees it, however busy the machine is: one a second, and a burst is 20.
    private readonly RegistryServer _server = RegistryServer.Set(
        "--Registry:Limits:Enabled=true", "--Registry:Limits:RequestsPerKey=1", "--Registry:Limits:RequestsPerAddress=1",
        "--Registry:Limits:BurstSeconds=20", "--Registry:Limits:RefusedKeysPerAddress=5", "--Registry:TrustedProxies=127.0.0.0/8, ::1");

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        // Not the keys of development, which are for this machine and not for who comes through a proxy.
        foreach (var name in new[] { "first", "second", "known", "newcomer" })
            await _server.Keyring.Issue(KeyDigest.Of($"key-of-{name}"), new Caller(name, Role.Registrar), DateTimeOffset.UtcNow);
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_ask_again_and_nobody_else_is_refused()
    {
        var reply = await UntilRefused(_server.Nobody(), "203.0.113.7");

        reply.IsProblem(429, "too-many-requests");
        Assert.InRange(int.Parse(reply.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(200, (await Get(_server.Nobody(), "203.0.113.8")).Status);
        Assert.Equal(200, (await Get(_server.As("key-of-first"), "203.0.113.7")).Status);
        Assert.Equal(200, (await Get(_server.Nobody(), "203.0.113.7", "/healthz/ready")).Status);
        Assert.Equal(200, (await Get(_server.Nobody(), "203.0.113.7", "/healthz/live")).Status);
    }

    [Fact]
    public async Task Each_key_has_its_own_limit_from_wherever_it_asks()
    {
        var count = 0;
        var client = _server.As("key-of-first");
        Reply reply;
        do
            reply = await Get(client, $"203.0.113.{count % 200}");
        while (reply.Status == 200 && ++count < 100);

        reply.IsProblem(429, "too-many-requests");
        Assert.InRange(count, 20, 90);
        Assert.Equal(200, (await Get(_server.As("key-of-second"), "203.0.113.1")).Status);
    }

    [Fact]
    public async Task Addresses_of_one_IPv6_network_are_one_and_those_of_the_next_are_another()
    {
        var (client, host) = (_server.Nobody(), 0);
        Reply reply;
        do
            reply = await Get(client, string.Create(CultureInfo.InvariantCulture, $"2001:db8:7:1::{++host:x}"));
        while (reply.Status == 200 && host < 100);

        reply.IsProblem(429, "too-many-requests");
        Assert.Equal(200, (await Get(client, "2001:db8:7:2::1")).Status);
    }

    [Fact]
    public async Task What_a_client_claims_to_forward_counts_for_nothing_before_a_proxy_that_is_trusted()
    {
        // The proxy, which is trusted, has added the last address; those before it are the client's own invention.
        var reply = await UntilRefused(_server.Nobody(), "198.51.100.9", forwarded => $"192.0.2.{forwarded}, 198.51.100.9");

        reply.IsProblem(429, "too-many-requests");
    }

    [Fact]
    public async Task Guesses_of_keys_are_limited_by_address_and_keep_nobody_out_who_has_one()
    {
        var known = _server.As("key-of-known");
        Assert.Equal(200, (await Get(known, "203.0.113.50")).Status);

        var (guesses, reply) = (0, default(Reply)!);
        do
            reply = await Get(_server.As($"guess-{guesses}"), "203.0.113.50");
        while (reply.Status == 401 && ++guesses < 50);

        reply.IsProblem(429, "too-many-requests");
        Assert.InRange(int.Parse(reply.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        Assert.InRange(guesses, 5, 40);
        Assert.Equal(200, (await Get(known, "203.0.113.50")).Status);
        Assert.Equal(429, (await Get(_server.As("key-of-newcomer"), "203.0.113.50")).Status);
        Assert.Equal(200, (await Get(_server.As("key-of-newcomer"), "203.0.113.51")).Status);
        // Not by another header, nor at the dashboard, where a key that was in force when it was last looked at is heard.
        Assert.Equal(429, (await _server.Nobody().Send(HttpMethod.Get, "/parties/party-dev-a", null, ("Authorization", "Basic eDp5"), ("X-Forwarded-For", "203.0.113.50"))).Status);
        Assert.Equal(403, (await _server.Nobody().Send(HttpMethod.Get, "/dashboard", null, ("Authorization", "Bearer key-of-newcomer"), ("X-Forwarded-For", "203.0.113.50"))).Status);
        Assert.Equal(401, (await _server.Nobody().Send(HttpMethod.Get, "/dashboard", null, ("Authorization", "Bearer key-of-second"), ("X-Forwarded-For", "203.0.113.50"))).Status);
    }

    [Fact]
    public void However_many_addresses_there_are_they_are_counted_in_a_bounded_number_of_places()
    {
        Span<byte> bytes = stackalloc byte[16];
        var places = new HashSet<int>();
        for (var network = 0; network < 1_000_000; network++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[4..], network);
            places.Add(CallerAddress.PlaceOf(new IPAddress(bytes)));
        }

        // Nearly all are used, so that few share one.
        Assert.InRange(places.Count, CallerAddress.Places * 9 / 10, CallerAddress.Places);
        Assert.Equal(CallerAddress.PlaceOf(IPAddress.Parse("203.0.113.7")), CallerAddress.PlaceOf(IPAddress.Parse("::ffff:203.0.113.7")));
    }

    [Theory]
    [InlineData("--Registry:TrustedProxies=10.0.0.0/8, everybody", "everybody")]
    [InlineData("--Registry:Limits:RequestsPerKey=0", "RequestsPerKey")]
    [InlineData("--Registry:Limits:Enabled=perhaps", "perhaps")]
    [InlineData("--Registry:MostUndecided=-1", "MostUndecided")]
    public void A_setting_that_cannot_be_is_refused_by_name(string setting, string said) =>
        Assert.Contains(said, Assert.Throws<SettingException>(() => RegistryServer.Set(setting)).Message, StringComparison.Ordinal);

    private static Task<Reply> Get(RegistryClient client, string address, string path = "/parties/party-dev-a") =>
        client.Send(HttpMethod.Get, path, null, ("X-Forwarded-For", address));

    private static async Task<Reply> UntilRefused(RegistryClient client, string address, Func<int, string>? forwarded = null)
    {
        for (var count = 0; count < 100; count++)
        {
            if (await Get(client, forwarded?.Invoke(count) ?? address) is { Status: not 200 } refused)
                return refused;
            Assert.InRange(count, 0, 90);
        }

        throw new InvalidOperationException("A hundred requests were answered, of which twenty are admitted.");
    }
}
