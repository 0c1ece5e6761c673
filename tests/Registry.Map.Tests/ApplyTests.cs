using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Registry.Map.Tests;

/// <summary>An applicant picks ground, sees what stands in the way, and applies; a registrar decides.</summary>
public sealed class ApplyTests(MapFixture map) : IClassFixture<MapFixture>
{
    private readonly ConcurrentBag<string> _faults = [];

    [MapFact]
    public async Task Ground_that_is_picked_on_the_map_is_checked_and_applied_for_and_granted()
    {
        var page = await map.Open("#map=12.00/47.6083/66.5083&panel=apply", _faults, English);
        await page.Mouse.ClickAsync(700, 450);
        await Would(page, "accepted");
        await SignIn(page, "dev-applicant-a", "applicant");
        await page.GetByPlaceholder("lithium, copper").FillAsync("lithium");
        await page.GetByRole(AriaRole.Button, new() { Name = "File the application" }).ClickAsync();
        var facts = page.Locator("article");
        await Assertions.Expect(facts.GetByRole(AriaRole.Button, new() { Name = "Withdraw" })).ToBeVisibleAsync();
        Assert.DoesNotContain("dev-applicant", page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length + document.cookie.length"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await SignIn(page, "dev-registrar", "registrar");
        await facts.GetByRole(AriaRole.Button, new() { Name = "Grant" }).ClickAsync();
        await facts.Locator("form").GetByRole(AriaRole.Button, new() { Name = "Grant" }).ClickAsync();
        await Assertions.Expect(facts.Locator("ol li").Last).ToContainTextAsync("Granted");
        Assert.Empty(_faults);
    }

    [MapFact]
    public async Task What_stands_in_the_way_is_said_while_picking_and_can_be_left_out()
    {
        await map.Apply("M-43-50-(10а-5а-1)", key: "dev-applicant-b");
        var page = await map.Open("#panel=apply", _faults, English);
        await page.GetByText("Paste cell codes").ClickAsync();
        // The first is taken, and the last touches none of the others.
        await page.GetByLabel("Codes, a list a line").FillAsync("M-43-50-(10а-5а-1,2,25)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Would(page, "refused");
        await Assertions.Expect(page.Locator("[data-rule=not-contiguous]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave out this cell" }).ClickAsync();
        await Assertions.Expect(page.Locator(".sum")).ToContainTextAsync("2 cells");
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".sum")).ToContainTextAsync("3 cells");
    }

    [MapFact]
    public async Task A_connection_that_was_lost_in_the_middle_of_an_application_leaves_one_license_block()
    {
        var page = await map.Open("#panel=apply&pick=KZ.M43.060.1.1.1", _faults, English);
        await Would(page, "accepted");
        await SignIn(page, "dev-applicant-a", "applicant");
        await page.GetByPlaceholder("lithium, copper").FillAsync("rhenium");
        var file = page.GetByRole(AriaRole.Button, new() { Name = "File the application" });
        // The registry gets the application and decides; its answer never comes.
        var lost = new TaskCompletionSource();
        await page.RouteAsync("**/license-blocks", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync("connectionreset");
            lost.TrySetResult();
        });
        await file.ClickAsync();
        await lost.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await Assertions.Expect(page.GetByText("No answer came.")).ToBeVisibleAsync();
        await page.UnrouteAllAsync();
        await file.ClickAsync();
        await Assertions.Expect(page.Locator("article")).ToContainTextAsync("rhenium");

        using var client = map.Registry.Client();
        var found = await client.GetFromJsonAsync<JsonElement>(new Uri("/collections/license-blocks/items?commodities=rhenium", UriKind.Relative));
        Assert.Equal(1, found.GetProperty("numberMatched").GetInt32());
    }

    [MapFact]
    public async Task A_registrar_has_the_applications_in_the_order_of_filing_and_refuses_one_with_a_reason()
    {
        // The later one lies north of the earlier one, and would come first by ground.
        var earlier = await map.Apply("M-43-90-(10а-5а-1)", "vanadium");
        var later = await map.Apply("M-43-10-(10а-5а-1)", "vanadium", "dev-applicant-b");
        var page = await map.Open("", _faults, English);
        await SignIn(page, "dev-registrar", "registrar");
        await page.GetByRole(AriaRole.Link, new() { Name = "Cases", Exact = true }).ClickAsync();
        var waiting = page.Locator(".content ol a");
        await Assertions.Expect(waiting.And(page.Locator($"[href*='{later}']"))).ToBeVisibleAsync();
        var order = await waiting.EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        Assert.True(Array.FindIndex(order, href => href.Contains(earlier, StringComparison.Ordinal))
            < Array.FindIndex(order, href => href.Contains(later, StringComparison.Ordinal)));

        await page.Locator($".content ol a[href*='{earlier}']").ClickAsync();
        var facts = page.Locator("article");
        await facts.GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();
        await facts.GetByLabel("Reason").FillAsync("<b>No permit</b>");
        await facts.Locator("form").GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();
        await Assertions.Expect(facts.Locator("ol li").Last).ToContainTextAsync("<b>No permit</b>");
    }

    [MapFact]
    public async Task A_key_that_is_not_in_force_is_said_to_be_none()
    {
        var page = await map.Open("#panel=apply&pick=KZ.M43.070.1.1.1", _faults, English);
        await SignIn(page, "no-such-key", "applicant");
        await page.GetByPlaceholder("lithium, copper").FillAsync("lithium");
        await page.GetByRole(AriaRole.Button, new() { Name = "File the application" }).ClickAsync();
        // Where one signs in; the application says it too.
        await Assertions.Expect(page.Locator("footer [role=alert]")).ToHaveTextAsync("The key is not in force. Sign in again.");
    }

    private static void English(BrowserNewContextOptions options) => options.Locale = "en-GB";

    private static Task Would(IPage page, string outcome) => Assertions.Expect(page.Locator("[data-would]")).ToHaveAttributeAsync("data-would", outcome);

    private static async Task SignIn(IPage page, string key, string role)
    {
        await page.Locator("footer summary").ClickAsync();
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(key);
        await page.Locator("footer select").SelectOptionAsync(role);
        await page.Locator("footer").GetByRole(AriaRole.Button, new() { Name = "Sign in with a key" }).ClickAsync();
    }
}
