using Registry.Gateway.Origins;
using Registry.Gateway.Tests.Serving;
using Registry.Hosting;

namespace Registry.Gateway.Tests.Origins;

/// <summary>How <c>Registry__Cors</c> is read.</summary>
public sealed class OriginSettingsTests
{
    [Theory]
    [InlineData(null, true, "")]
    [InlineData("", true, "")]
    [InlineData("*", true, "")]
    [InlineData("none", false, "")]
    [InlineData("https://map.example", false, "https://map.example")]
    [InlineData("https://Map.Example/ , *", true, "https://map.example")]
    [InlineData("http://a.example:80;http://a.example:8080 https://b.example:443", false, "http://a.example http://a.example:8080 https://b.example")]
    [InlineData("https://карта.example", false, "https://xn--80aa2azak.example")]
    [InlineData("http://[::1]:3000", false, "http://[::1]:3000")]
    public void Origins_are_those_that_browsers_send(string? text, bool anyReads, string named)
    {
        var read = OriginSettings.Read(text);
        Assert.Equal((anyReads, named), (read.AnyReads, string.Join(' ', read.Named)));
    }

    [Theory]
    [InlineData("map.example")]
    [InlineData("https://map.example/path")]
    [InlineData("https://*.example")]
    [InlineData("null")]
    [InlineData("file:///x")]
    [InlineData("https://user@map.example")]
    [InlineData("none, https://map.example")]
    public void What_is_no_origin_is_refused_at_the_start(string text) => Assert.Throws<SettingException>(() => OriginSettings.Read(text));

    [Fact]
    public async Task Pages_that_the_setting_names_write_and_others_do_not_even_read()
    {
        var own = RegistryServer.Set("--Registry:Cors=HTTPS://Portal.Example:443, http://localhost:8080");
        await own.InitializeAsync();
        try
        {
            var let = await own.Nobody().Send(
                HttpMethod.Options, "/license-blocks", null, ("Origin", "https://portal.example"), ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "authorization, idempotency-key"));
            Assert.Equal((204, "https://portal.example"), (let.Status, let.Headers["Access-Control-Allow-Origin"]));
            Assert.Contains("POST,PUT,PATCH", let.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
            Assert.DoesNotContain("Access-Control-Allow-Credentials", let.Headers.Keys);

            var read = await own.Nobody().Send(HttpMethod.Get, "/collections", null, ("Origin", "https://portal.example"));
            Assert.Equal("https://portal.example", read.Headers["Access-Control-Allow-Origin"]);
            Assert.Contains("Origin", read.Headers["Vary"], StringComparison.Ordinal);
            foreach (var other in new[] { "https://map.example", "https://portal.example.evil.example", "http://portal.example", "https://portal.example:444", "null" })
            {
                var kept = await own.Nobody().Send(HttpMethod.Get, "/collections", null, ("Origin", other));
                Assert.Equal(200, kept.Status);
                Assert.DoesNotContain("Access-Control-Allow-Origin", kept.Headers.Keys);
            }
        }
        finally
        {
            await own.DisposeAsync();
        }
    }
}
