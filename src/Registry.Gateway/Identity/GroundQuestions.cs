using System.Diagnostics.Metrics;
using Registry.Core;

namespace Registry.Gateway.Identity;

/// <summary>
/// Counts questions about ground by who may ask them: nobody's, or a role's. It is all that is kept of them, as a metric and, each hour, as
/// a line of the log: which ground somebody asked about, before he files, is nobody's to know.
/// </summary>
internal sealed partial class GroundQuestions(ILogger<GroundQuestions> logger) : BackgroundService
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly string[] s_askers = ["nobody", .. Enum.GetNames<Role>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] s_paths = ["/cells/", "/free-areas", "/tiles/", "/collections/"];
    private static readonly long[] s_counts = new long[s_askers.Length];

    static GroundQuestions() => new Meter("Registry").CreateObservableCounter(
        "registry.ground_questions",
        () => s_askers.Select((asker, i) => new Measurement<long>(Volatile.Read(ref s_counts[i]), new KeyValuePair<string, object?>("asker", asker))),
        "{question}", "Questions about ground: cells, free areas, tiles, collections.");

    /// <summary>Counts a request, if it asks about ground.</summary>
    /// <param name="context">The request, of which it is known whom its key stands for.</param>
    public static void Count(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        foreach (var about in s_paths)
        {
            if (!path.StartsWith(about, StringComparison.Ordinal))
                continue;
            Interlocked.Increment(ref s_counts[context.User is RegistryPrincipal known ? 1 + (int)known.Caller.Role : 0]);
            return;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_hour);
        var before = new long[s_counts.Length];
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Log(logger, Since(before));
    }

    private static string Since(long[] before)
    {
        var parts = new List<string>();
        for (var i = 0; i < before.Length; i++)
        {
            var now = Volatile.Read(ref s_counts[i]);
            if (now > before[i])
                parts.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{s_askers[i]} {now - before[i]}"));
            before[i] = now;
        }

        return parts.Count == 0 ? "none" : string.Join(", ", parts);
    }

    [LoggerMessage(LogLevel.Information, "Questions about ground in the last hour: {Counts}")]
    private static partial void Log(ILogger logger, string counts);
}
