using Registry.Gateway.Origins;
using Registry.Grains.Hosting;

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
}
