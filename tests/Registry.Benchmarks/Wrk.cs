using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Benchmarks;

/// <summary>One run of wrk, the load generator of the distribution, over loopback.</summary>
/// <param name="RequestsPerSecond">Requests that were answered, a second.</param>
/// <param name="P50">Median latency.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Failed">Answers that were not 2xx or 3xx, and socket errors.</param>
internal sealed partial record WrkResult(double RequestsPerSecond, TimeSpan P50, TimeSpan P99, long Failed);

/// <summary>Runs wrk.</summary>
internal static partial class Wrk
{
    /// <summary>Loads an address.</summary>
    /// <param name="address">What to ask, unless the script says otherwise.</param>
    /// <param name="connections">How many connections, on one thread of wrk's.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="script">A Lua script of wrk's, or null.</param>
    /// <exception cref="InvalidOperationException">wrk is not installed, or said nothing that can be read.</exception>
    public static async Task<WrkResult> Run(Uri address, int connections, TimeSpan duration, string? script = null)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-t1", $"-c{connections}", $"-d{(int)duration.TotalSeconds}s", "--latency"])
            start.ArgumentList.Add(argument);
        if (script is not null)
            start.ArgumentList.Add($"-s{script}");
        start.ArgumentList.Add(address.ToString());
        using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start.");
        var said = await wrk.StandardOutput.ReadToEndAsync() + await wrk.StandardError.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (Rate().Match(said) is not { Success: true } rate)
            throw new InvalidOperationException($"wrk said: {said}");
        var failed = Failures().Matches(said).Sum(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        return new WrkResult(Number(rate), Latency(said, "50%"), Latency(said, "99%"), failed);
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static TimeSpan Latency(string said, string percentile)
    {
        var match = Regex.Match(said, Regex.Escape(percentile) + @"\s+([\d.]+)(us|ms|s)\b");
        return match.Groups[2].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(Number(match)),
            "ms" => TimeSpan.FromMilliseconds(Number(match)),
            "s" => TimeSpan.FromSeconds(Number(match)),
            _ => throw new InvalidOperationException($"wrk said: {said}"),
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?:Non-2xx or 3xx responses:|connect|read|write|timeout)\s(\d+)")]
    private static partial Regex Failures();
}
