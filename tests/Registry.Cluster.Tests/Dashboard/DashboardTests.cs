using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests.Dashboard;

/// <summary>
/// The dashboard as an operator sees it in development: from the landing page, through the browser's question for a password, to the
/// silos and the grains. Nothing is asked for but by the browser, and what it refuses to load is a failure.
/// </summary>
public sealed partial class DashboardTests : IAsyncLifetime
{
    private const string Key = "dev-operator";

    private readonly List<string> _faults = [];
    private Browser? _browser;

    public async Task InitializeAsync() => _browser = Browser.WhyNot is null ? await Browser.Start() : null;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
    }

    [BrowserFact]
    public async Task On_a_single_process_it_shows_its_silo_and_the_grains_of_license_blocks_deposits_and_sheets()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(data.Path);
        await RegisterOneOfEach(registry);
        var page = await SignIn(registry.Address, Key);

        await ShowsGrains(page);
        await ShowsSilos(page, registry.Address, silos: 1);
        await CountsWhatIsAnsweredWithoutAMessage(page, registry);
        Assert.Empty(_faults);
    }

    [BrowserOnClusterFact]
    public async Task On_any_silo_of_a_cluster_it_shows_all_silos_and_the_grains_of_license_blocks_deposits_and_sheets()
    {
        await using var postgres = await PostgresServer.StartNew();
        await using var cluster = await RegistryCluster.Start(postgres, environment: "Development");
        await RegisterOneOfEach(cluster.Gateway);
        var silo = cluster.Silos[1].Address;
        var page = await SignIn(new Uri(silo, "/dashboard/"), Key);

        await ShowsGrains(page);
        await ShowsSilos(page, silo, silos: 3);
        await page.GotoAsync($"{silo}dashboard/registry");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        // Sheets move to their homes while silos join, and each is somewhere when it has been asked.
        await cluster.EverySheetAnswers();
        using var late = new CancellationTokenSource(Deadline.OfAStep);
        while ((await Column(page, 1)).Sum() != 26)
        {
            late.Token.ThrowIfCancellationRequested();
            await page.ReloadAsync();
        }

        Assert.Empty(_faults);
    }

    [BrowserFact]
    public async Task Without_a_key_the_browser_is_asked_for_one_and_a_key_of_another_role_opens_nothing()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(data.Path);

        // That a question for a password was left without an answer; of a 401 that asks for none, the browser would show the page.
        var nobody = await _browser!.Page();
        var fault = await Assert.ThrowsAsync<PlaywrightException>(() => nobody.GotoAsync($"{registry.Address}dashboard/"));
        Assert.Contains("ERR_INVALID_AUTH_CREDENTIALS", fault.Message, StringComparison.Ordinal);
        foreach (var address in (string[])["dashboard/", "dashboard/registry", "dashboard/DashboardCounters"])
        {
            var applicant = await (await _browser.Page("dev-applicant-a")).GotoAsync($"{registry.Address}{address}");
            Assert.Equal((int)HttpStatusCode.Forbidden, applicant!.Status);
        }
    }

    // From the landing page by its link, where that is where one begins.
    private async Task<IPage> SignIn(Uri address, string key)
    {
        var page = await _browser!.Page(key);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Location.Contains("/dashboard", StringComparison.Ordinal) && !message.Text.Contains("401", StringComparison.Ordinal))
                _faults.Add($"{message.Location}: {message.Text}");
        };
        page.PageError += (_, fault) => _faults.Add(fault);
        await page.GotoAsync(address.AbsolutePath == "/" ? $"{address}?f=html" : address.AbsoluteUri);
        if (address.AbsolutePath == "/")
            await page.GetByText("The Orleans dashboard").ClickAsync();
        await Assertions.Expect(page.GetByText("Total Activations")).ToBeVisibleAsync(Patiently);
        return page;
    }

    private static async Task ShowsGrains(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Grains", Exact = true }).ClickAsync();
        foreach (var grain in (string[])["LicenseBlockGrain", "DepositGrain", "SheetGrain"])
            await Assertions.Expect(page.GetByText(grain).First).ToBeVisibleAsync(Patiently);
    }

    private static async Task ShowsSilos(IPage page, Uri address, int silos)
    {
        await page.GotoAsync($"{address}dashboard/#/silos");
        await Assertions.Expect(page.GetByText("Silo Health")).ToBeVisibleAsync(Patiently);
        await Assertions.Expect(page.Locator("a[href*='#/host/']").First).ToBeVisibleAsync(Patiently);
        var links = await page.Locator("a[href*='#/host/']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        Assert.Equal(silos, links.Distinct().Count());
    }

    // Questions to sheets of the same process are no grain calls, and are counted on the page beside.
    private static async Task CountsWhatIsAnsweredWithoutAMessage(IPage page, RegistryProcess registry)
    {
        const int questions = 50;
        await page.GotoAsync($"{registry.Address}dashboard/registry");
        var before = Assert.Single(await Column(page, 5));
        using var client = registry.Client();
        for (var i = 0; i < questions; i++)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/cells/at?lon=78.858&lat=49.625", UriKind.Relative))).StatusCode);
        await page.ReloadAsync();
        Assert.True(Assert.Single(await Column(page, 5)) >= before + questions);
        Assert.Equal(26, Assert.Single(await Column(page, 1)));
        Assert.Equal(1, Assert.Single(await Column(page, 2)));
    }

    // The numbers of one column of the page of figures, a silo a row; the first one is the silo's name.
    private static async Task<long[]> Column(IPage page, int column)
    {
        var texts = await page.Locator($"tbody tr > :nth-child({column + 1})").AllInnerTextsAsync();
        return [.. texts.Select(text => long.Parse(NoDigit().Replace(text, ""), System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static async Task RegisterOneOfEach(RegistryProcess registry)
    {
        using var applicant = registry.Applicant();
        using var applied = await applicant.Apply("one", ["M-44-86-(10в-5а-12)"]);
        Assert.Equal(HttpStatusCode.Created, applied.StatusCode);
        using var registrar = registry.Client("dev-registrar");
        using var registered = await registrar.PostAsJsonAsync(new Uri("/deposits", UriKind.Relative), new
        {
            name = "A deposit of the test",
            status = "prospect",
            geometry = new { type = "Point", coordinates = new[] { 78.8, 49.6 } },
            commodities = new[] { "copper" },
        });
        Assert.True(registered.StatusCode == HttpStatusCode.Created, await registered.Content.ReadAsStringAsync());
    }

    private static LocatorAssertionsToBeVisibleOptions Patiently => new() { Timeout = 120_000 };

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NoDigit();
}
