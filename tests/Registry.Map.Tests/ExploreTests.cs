using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Registry.Map.Tests;

/// <summary>What anyone finds on the map: facts and histories, by a click, a search, a filter and a link.</summary>
public sealed class ExploreTests(MapFixture map) : IClassFixture<MapFixture>
{
    private readonly ConcurrentBag<string> _faults = [];

    [MapFact]
    public async Task A_click_on_a_license_block_shows_its_facts_and_its_history()
    {
        var id = await map.Apply(await map.CellAt(73.5083, 50.6583), "tungsten");
        var page = await map.Open("#map=12.00/50.6583/73.5083", _faults, options => options.Locale = "en-GB");
        await Click(page);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"see=license-blocks/{id}"));
        var facts = page.Locator("article");
        await Assertions.Expect(facts).ToContainTextAsync("applied for");
        await Assertions.Expect(facts).ToContainTextAsync("tungsten");
        await Assertions.Expect(facts.Locator("ol li").First).ToContainTextAsync("Applied for");
        Assert.Empty(_faults);
    }

    [MapFact]
    public async Task A_click_on_free_ground_names_the_cell_as_the_registry_does()
    {
        var page = await map.Open("#map=12.00/48.5083/67.5083", _faults);
        await Click(page);
        await Assertions.Expect(page.Locator("article h2")).ToHaveTextAsync(await map.CellAt(67.5083, 48.5083));
        await Assertions.Expect(page.Locator("article")).ToContainTextAsync("Free");
    }

    [MapFact]
    public async Task What_is_searched_is_found_by_code_and_by_holder()
    {
        var id = await map.Apply("M-43-30-(10а-5а-1)");
        using var client = map.Registry.Client();
        var block = await client.GetFromJsonAsync<JsonElement>(new Uri($"/license-blocks/{id}", UriKind.Relative));
        var page = await map.Open("", _faults);
        var search = page.GetByRole(AriaRole.Searchbox);
        await search.FillAsync("M-43-30-(10а-5а-2)");
        await search.PressAsync("Enter");
        await Assertions.Expect(page.Locator("article h2")).ToHaveTextAsync("M-43-30-(10а-5а-2)");
        await search.FillAsync(block.GetProperty("properties").GetProperty("holder").GetProperty("name").GetString()!);
        await search.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".content li").First).ToContainTextAsync("lithium");
        Assert.Contains("holder.id", page.Url, StringComparison.Ordinal);
    }

    [MapFact]
    public async Task A_filter_stands_in_the_address_as_CQL2_and_leaves_what_the_registry_says()
    {
        await map.Apply("M-43-40-(10а-5а-1)", "tantalum");
        var page = await map.Open("#panel=list&filter=A_CONTAINS(commodities,('tantalum'))", _faults);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 license block");
        await page.GetByRole(AriaRole.Link, new() { Name = "Filter" }).ClickAsync();
        await Assertions.Expect(page.Locator("form select").First).ToHaveValueAsync("tantalum");
        await page.GetByLabel("granted", new() { Exact = true }).CheckAsync();
        Assert.Contains("status='granted'", Uri.UnescapeDataString(page.Url), StringComparison.Ordinal);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("0 license blocks");
    }

    [MapFact]
    public async Task The_browser_s_button_leads_back_and_forward_through_every_state()
    {
        var page = await map.Open("", _faults);
        string[] panels = ["Filter", "List", "Figures", "Apply"];
        foreach (var panel in panels)
            await page.GetByRole(AriaRole.Link, new() { Name = panel, Exact = true }).ClickAsync();
        foreach (var panel in panels.Reverse().Skip(1))
        {
            await page.GoBackAsync();
            await Assertions.Expect(page.Locator("nav [aria-current]")).ToHaveTextAsync(panel);
        }

        await page.GoForwardAsync();
        await Assertions.Expect(page.Locator("nav [aria-current]")).ToHaveTextAsync("List");
    }

    [MapTheory]
    [InlineData("kk-KZ", "Жер қойнауы құқықтарының тізілімі")]
    [InlineData("ru-RU", "Реестр прав на недра")]
    [InlineData("fr-FR", "Registry of mineral titles")]
    public async Task The_page_speaks_the_browser_s_language_and_another_by_hand(string locale, string title)
    {
        var page = await map.Open("", _faults, options => options.Locale = locale);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await page.Locator("header select").SelectOptionAsync("kk");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Жер қойнауы құқықтарының тізілімі");
        Assert.Contains("lang=kk", page.Url, StringComparison.Ordinal);
    }

    [MapTheory]
    [InlineData("<img src=x onerror=window.ran=1>")]
    [InlineData("\"><script>window.ran=1</script>")]
    [InlineData("{{constructor.constructor('window.ran=1')()}}")]
    [InlineData("<svg/onload=window.ran=1>")]
    public async Task A_name_is_shown_as_it_is_and_never_run(string name)
    {
        using var registrar = map.Registry.Client("dev-registrar");
        using var answer = await registrar.PostAsJsonAsync(new Uri("/deposits", UriKind.Relative), new
        {
            name,
            status = "prospect",
            geometry = new { type = "Point", coordinates = new[] { 67.1, 48.2 } },
            commodities = new[] { "copper" },
        });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var id = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString();

        var page = await map.Open($"#map=10.00/48.2/67.1&see=deposits/{id}", _faults);
        await Assertions.Expect(page.Locator("article h2")).ToHaveTextAsync(name);
        var search = page.GetByRole(AriaRole.Searchbox);
        await search.FillAsync(name[..8]);
        await search.PressAsync("Enter");
        await Assertions.Expect(page.Locator("header")).Not.ToContainTextAsync("One moment");
        Assert.True(await page.EvaluateAsync<bool>("window.ran === undefined"));
    }

    // In the middle of the map, where it looks.
    private static Task Click(IPage page) => page.Mouse.ClickAsync(700, 450);
}
