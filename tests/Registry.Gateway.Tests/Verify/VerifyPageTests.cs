using System.Security.Cryptography;
using System.Text;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Verify;

/// <summary>The page that checks receipts. What its script finds is tested with the public log.</summary>
[Collection(OneServer.Name)]
public sealed class VerifyPageTests(ReadingServer server) : IClassFixture<ReadingServer>
{
    [Fact]
    public async Task The_page_may_run_its_own_script_and_nothing_else()
    {
        using var answer = await server.Client.GetAsync(new Uri("/verify", UriKind.Relative));
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        var page = await answer.Content.ReadAsStringAsync();
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src '{Hash(page, "<script type=\"module\">", "</script>")}'", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{Hash(page, "<style>", "</style>")}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    private static string Hash(string page, string opening, string closing)
    {
        var start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page[start..page.IndexOf(closing, StringComparison.Ordinal)])));
    }
}
