using System.Text.RegularExpressions;

namespace Registry.House.Tests;

/// <summary>The page of settings and metrics has all of them.</summary>
public sealed partial class SettingsTests
{
    private const string Page = "docs/settings.md";

    [Fact]
    public void Every_setting_that_is_read_is_on_the_page() => Assert.All(
        Found(Setting()), name => Assert.Contains(name, Checkout.Text(Page), StringComparison.Ordinal));

    [Fact]
    public void Every_metric_that_is_counted_is_on_the_page() => Assert.All(
        Found(Metric()), name => Assert.Contains($"`{name}`", Checkout.Text(Page), StringComparison.Ordinal));

    private static string[] Found(Regex name)
    {
        string[] found = [.. Checkout.Files("src", ".cs").SelectMany(path => name.Matches(Checkout.Text(path))).Select(match => match.Groups[1].Value).Distinct()];
        Assert.NotEmpty(found);
        return found;
    }

    // Registry__Limits__... is one row, which leads to the table of its own.
    [GeneratedRegex(@"(Registry__(?!Limits__)[A-Za-z]+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"Create(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)(?:<\w+>)?\(\s*""(registry\.[a-z._]+)""")]
    private static partial Regex Metric();
}
