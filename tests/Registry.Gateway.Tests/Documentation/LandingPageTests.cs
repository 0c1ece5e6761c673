using System.Net.Http.Headers;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Documentation;

[Collection(OneServer.Name)]
public class LandingPageTests(ReadingServer server) : IClassFixture<ReadingServer>
{
    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "/", "text/html")]
    [InlineData("*/*", "/", "application/json")]
    [InlineData("application/json, text/html;q=0.5", "/", "application/json")]
    [InlineData("application/json", "/?f=html", "text/html")]
    [InlineData("text/html", "/?f=json", "application/json")]
    public async Task A_browser_gets_a_page_and_everything_else_JSON(string accept, string address, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        foreach (var type in accept.Split(','))
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(type.Trim()));
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("{{", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_format_is_refused_by_the_parameters_name() => Assert.Equal("f", await server.Refused("/?f=pdf"));

    [Theory]
    [InlineData("/api", "application/vnd.oai.openapi+json")]
    [InlineData("/openapi/v1.json", "application/json")]
    public async Task The_contract_is_served(string address, string mediaType) =>
        Assert.True((await server.Get(address, mediaType: mediaType)).GetProperty("paths").EnumerateObject().Count() > 20);
}
