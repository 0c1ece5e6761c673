using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Registry.Cluster.Tests.Dashboard;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Map.Tests;

/// <summary>A registry with a few titles of its own, in a process of its own, and a browser before it.</summary>
public sealed class MapFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private RegistryProcess? _registry;
    private Browser? _browser;

    /// <summary>Why the map cannot be tried here; null where it can.</summary>
    public static string? WhyNot { get; } = Browser.WhyNot
        ?? (File.Exists(Path.Combine(AppContext.BaseDirectory, "page", "index.html")) ? null : "The map was not built: ./dev map builds it, where Node.js is.");

    /// <summary>The registry.</summary>
    internal RegistryProcess Registry => _registry!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (WhyNot is not null)
            return;
        _registry = await RegistryProcess.Start(_data.Path);
        _browser = await Browser.Start();
        // What a page has to show, it shows when it can: the machine may be busy.
        Assertions.SetDefaultExpectTimeout(120_000);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (_registry is not null)
            await _registry.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    /// <summary>Files an application, and returns the license block's id.</summary>
    public async Task<string> Apply(string cell, string commodity = "lithium", string key = "dev-applicant-a")
    {
        using var client = Registry.Client(key);
        using var answer = await client.PostAsJsonAsync(
            new Uri("/license-blocks", UriKind.Relative), new { kind = "exploration", cells = new[] { cell }, commodities = new[] { commodity } });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>The code of the cell that holds a place.</summary>
    public async Task<string> CellAt(double longitude, double latitude)
    {
        using var client = Registry.Client();
        var cell = await client.GetFromJsonAsync<JsonElement>(new Uri(FormattableString.Invariant($"/cells/at?lon={longitude}&lat={latitude}"), UriKind.Relative));
        return cell.GetProperty("code").GetString()!;
    }

    /// <summary>Opens the map and waits until it has drawn; whatever the page complains of goes into <paramref name="faults"/>.</summary>
    /// <param name="address">From <c>#</c> on.</param>
    /// <param name="faults">Errors of the console and of the page, and requests to anybody but the registry.</param>
    /// <param name="adjust">How the browser differs.</param>
    internal async Task<IPage> Open(string address, ConcurrentBag<string> faults, Action<BrowserNewContextOptions>? adjust = null)
    {
        var page = await _browser!.Page(adjust: adjust);
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
                faults.Add($"{message.Location}: {message.Text}");
        };
        page.PageError += (_, fault) => faults.Add(fault);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Registry.Address.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                faults.Add($"It asked {request.Url}.");
        };
        await page.GotoAsync($"{Registry.Address}{address}");
        await page.Locator(".map[data-idle]").WaitForAsync();
        return page;
    }
}

/// <summary>A fact that needs a browser and the map.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MapFactAttribute : FactAttribute
{
    public MapFactAttribute() => Skip = MapFixture.WhyNot;
}

/// <summary>A theory that needs a browser and the map.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MapTheoryAttribute : TheoryAttribute
{
    public MapTheoryAttribute() => Skip = MapFixture.WhyNot;
}
