using System.Text;
using Microsoft.Playwright;
using Registry.Cluster.Tests.Dashboard;
using Registry.Gateway.Tests.Acceptance;
using Registry.Log.Notes;
using Registry.Log.Receipts;

namespace Registry.Cluster.Tests.Verify;

/// <summary>The page <c>/verify</c> as a person uses it: a receipt is dropped, and words stand there.</summary>
public sealed class ReceiptInBrowserTests : IAsyncLifetime
{
    private readonly List<string> _asked = [];
    private Browser? _browser;

    public async Task InitializeAsync() => _browser = Browser.WhyNot is null ? await Browser.Start() : null;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
    }

    [BrowserFact]
    public async Task A_receipt_that_is_dropped_is_explained_and_anything_else_has_its_word()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(data.Path);
        using var applicant = registry.Applicant();
        using var applied = await applicant.Apply("one", ["M-44-86-(10в-5а-12)"]);
        var link = applied.Headers.GetValues("Link").Single(link => link.Contains("receipt", StringComparison.Ordinal)).Split('<', '>')[1];
        var receipt = await applicant.GetStringAsync(new Uri(link, UriKind.Relative));
        var key = (await File.ReadAllTextAsync(Path.Combine(data.Path, "log.key.pub"))).Trim();
        var foreign = SigningKey.Generate("elsewhere.example/draft", SignatureKind.Ed25519).Verifier.ToString();
        var page = await _browser!.Page();
        await page.GotoAsync($"{registry.Address}verify");
        page.Request += (_, request) => _asked.Add(request.Url);

        await page.FillAsync("#key", key);
        await Drop(page, receipt);
        await Says(page, "h2", "Proven");
        await Says(page, "#words", $"The entry below is number {TlogProof.Parse(Encoding.UTF8.GetBytes(receipt)).Index} of the log registry.localhost/draft");
        await Says(page, "#entry", "\"type\":\"applied\"");

        await Drop(page, receipt[..(receipt.Length / 2)]);
        await Says(page, "#words", "The receipt is cut");
        await Says(page, "h2", "Not proven");
        await Drop(page, new string('a', 2_000_000));
        await Says(page, "#words", "too long for a receipt");
        await Drop(page, "<html>\n");
        await Says(page, "#words", "The file is no receipt");

        // Chosen with another log's key, then with the right one: the page checks what it has again.
        await page.FillAsync("#key", foreign);
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "mine.tlog-proof", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(receipt) });
        await Says(page, "#words", "The receipt is of another log");
        await page.FillAsync("#key", key);
        await page.Locator("#key").BlurAsync();
        await Says(page, "h2", "Proven");

        // Nothing was sent anywhere.
        Assert.Empty(_asked);
    }

    private static async Task Drop(IPage page, string text)
    {
        var files = await page.EvaluateHandleAsync(
            "text => { const files = new DataTransfer(); files.items.add(new File([text], 'mine.tlog-proof')); return files; }", text);
        await page.DispatchEventAsync("main", "drop", new { dataTransfer = files });
    }

    private static Task Says(IPage page, string where, string words) =>
        Assertions.Expect(page.Locator(where)).ToContainTextAsync(words, new() { Timeout = 120_000, IgnoreCase = true });
}
