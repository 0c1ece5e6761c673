using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Registry.Hosting.Telemetry;

/// <summary>
/// Keeps out of the log what tells who asked for which ground: addresses of requests name cells and rectangles, and the frameworks write
/// them down. However the operator sets levels, for whichever log, these lines are not written.
/// </summary>
public static class Discretion
{
    // The web server's start and end of each request, and a scope around every line, all with the address.
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private const string Web = "Microsoft.AspNetCore.";
    private const string Orleans = "Orleans.";

    /// <summary>Applies it to all logs of a process.</summary>
    /// <remarks>
    /// A rule of one log goes before a rule of all, and a longer name before a shorter one; so each rule that there is gets the condition
    /// added, and a rule for what no other names is put before them.
    /// </remarks>
    public static void AddDiscretion(this IHostApplicationBuilder builder) => builder.Services.PostConfigure<LoggerFilterOptions>(static options =>
    {
        LoggerFilterRule[] rules = [new(null, null, options.MinLevel, null), .. options.Rules];
        options.Rules.Clear();
        foreach (var rule in rules)
        {
            options.Rules.Add(new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
                MaySay(category, level) && (rule.Filter is null || rule.Filter(provider, category, level))));
        }
    });

    // Below a warning the web server tells of routes that were tried, parameters that could not be read, lines that were no HTTP; and
    // Orleans of each message.
    private static bool MaySay(string? category, LogLevel level) => category switch
    {
        null => true,
        Requests => false,
        _ when category.StartsWith(Web, StringComparison.Ordinal) || category.StartsWith(Orleans, StringComparison.Ordinal) => level >= LogLevel.Warning,
        _ => true,
    };
}
