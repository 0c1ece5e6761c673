using Registry.Gateway.Tests.Acceptance;

namespace Registry.Benchmarks;

/// <summary>One of two registries that are compared.</summary>
/// <param name="Processes">Its processes; the one that is asked comes first.</param>
internal sealed record Side(IReadOnlyList<RegistryProcess> Processes)
{
    /// <summary>The processor time of all of them.</summary>
    public TimeSpan ProcessorTime => Processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.ProcessorTime);
}

/// <summary>
/// Two registries that run at the same time and are asked the same in turns, each turn of the one beside one of the other: whatever else the
/// machine does meanwhile, it does to both. Many short turns tell more than few long ones: a neighbour's minute spoils some pairs, and the median
/// of all is hardly moved by them.
/// </summary>
/// <param name="plain">Without what is measured.</param>
/// <param name="with">With it.</param>
internal sealed class Pair(Side plain, Side with)
{
    private const int Rounds = 25;

    // The median of what 25 pairs are drawn from lies between the 8th and the 18th of them, 19 times of 20 (binomial, one half).
    private const int Low = 8 - 1;
    private const int High = 18 - 1;

    // The shortest that wrk knows.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>Measures, and adds a row of what the one costs more than the other.</summary>
    /// <param name="what">What is asked.</param>
    /// <param name="connections">How many connections.</param>
    /// <param name="scripts">The requests of each turn of a side; each is asked of both.</param>
    /// <param name="figures">Of the columns of <see cref="Table"/>.</param>
    /// <param name="goal">The goal.</param>
    public async Task Measure(string what, int connections, Func<string> scripts, Figures figures, string goal)
    {
        // Two turns for the compiler.
        foreach (var side in (Side[])[plain, with, plain, with])
            await Ask(side, connections, scripts());
        var (time, rate, failed) = (new List<double>(), new List<double>(), 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var script = scripts();
            // Each begins as often as the other.
            var (first, second) = round % 2 == 0 ? (plain, with) : (with, plain);
            var (one, other) = (await Ask(first, connections, script), await Ask(second, connections, script));
            var (before, after) = round % 2 == 0 ? (one, other) : (other, one);
            time.Add((after.Each / before.Each) - 1);
            rate.Add(1 - (after.Result.RequestsPerSecond / before.Result.RequestsPerSecond));
            failed += one.Result.Failed + other.Result.Failed;
        }

        figures.Row(what, Percent(time), Percent(rate), FormattableString.Invariant($"{failed}"), goal);
    }

    /// <summary>A table of pairs.</summary>
    public static Figures Table(string title) => new(
        FormattableString.Invariant($"{title}, in turns of a second, medians of {Rounds} pairs (95 % interval of the median)"),
        "request", "processor time more", "requests/s less", "failed", "");

    private static async Task<(WrkResult Result, double Each)> Ask(Side side, int connections, string script)
    {
        var before = side.ProcessorTime;
        var result = await Wrk.Run(side.Processes[0].Address, connections, Turn, script);
        return (result, (side.ProcessorTime - before).TotalMicroseconds / (result.RequestsPerSecond * Turn.TotalSeconds));
    }

    private static string Percent(List<double> shares)
    {
        double[] sorted = [.. shares.Order()];
        return FormattableString.Invariant($"{100 * Figures.Median(sorted):0.0} % ({100 * sorted[Low]:0.0} to {100 * sorted[High]:0.0})");
    }
}
