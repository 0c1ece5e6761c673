using Microsoft.Playwright;

namespace Registry.Cluster.Tests.Dashboard;

/// <summary>A browser of this machine, without a window, whose every start knows nothing of the one before.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // Nothing that asks anybody but the registry. Tests may run as root, for whom Chromium has no sandbox. Maps are drawn without a graphics card.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    ];

    // A page waits for figures that silos gather each few seconds, on a machine that may be busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Why there is no browser here; null when there is one.</summary>
    public static string? WhyNot { get; } = Array.Exists(Programs, File.Exists) ? null : $"There is no {string.Join(", ", Programs)}.";

    /// <summary>Starts it.</summary>
    public static async Task<Browser> Start()
    {
        var playwright = await Playwright.CreateAsync();
        try
        {
            return new Browser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Array.Find(Programs, File.Exists),
                Args = Flags,
                Timeout = (float)Patience.TotalMilliseconds,
            }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>A page of somebody who types a password where he is asked for one, and there only.</summary>
    /// <param name="password">What he types, with some user name; null for nothing.</param>
    /// <param name="adjust">How else his browser differs: its size, its language, light or dark.</param>
    public async Task<IPage> Page(string? password = null, Action<BrowserNewContextOptions>? adjust = null)
    {
        var options = new BrowserNewContextOptions
        {
            HttpCredentials = password is null ? null : new HttpCredentials { Username = "anyone", Password = password, Send = HttpCredentialsSend.Unauthorized },
            ViewportSize = new ViewportSize { Width = 1400, Height = 900 },
        };
        adjust?.Invoke(options);
        var somebody = await _browser.NewContextAsync(options);
        somebody.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return await somebody.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>A fact that needs a browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.WhyNot;
}
