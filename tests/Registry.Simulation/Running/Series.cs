using System.Diagnostics;
using System.Globalization;
using System.Text;
using Registry.Simulation.Faults;
using Registry.Simulation.Hosting;

namespace Registry.Simulation.Running;

/// <summary>Many seeds, one after the other on each core, and what came of them.</summary>
internal sealed class Series
{
    private const int MostShown = 3;

    private readonly List<long> _failed = [];
    private readonly long[] _faults = new long[Enum.GetValues<Fault>().Length];
    private TimeSpan _took;
    private long _seeds;
    private long _operations;
    private long _steps;
    private long _entries;

    /// <summary>The seeds that failed, in their order.</summary>
    public IReadOnlyList<long> Failed => _failed;

    /// <summary>How often each fault struck.</summary>
    public IReadOnlyList<long> Faults => _faults;

    /// <summary>Runs seeds. A run is one thread; several run at a time.</summary>
    public static Series Of(Protocol protocol, long first, long count)
    {
        var (series, started, gate) = (new Series(), Stopwatch.StartNew(), new Lock());
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var report = Run.Of(seed, protocol);
            lock (gate)
                series.Add(report);
        });
        series._failed.Sort();
        series._took = started.Elapsed;
        return series;
    }

    /// <summary>The first seed that fails, tried one after the other; null when none of them does.</summary>
    public static Report? FirstFailure(Func<Protocol> protocol, long first, long count)
    {
        for (var seed = first; seed < first + count; seed++)
        {
            if (Run.Of(seed, protocol()) is { Violations.Count: > 0 } report)
                return report;
        }

        return null;
    }

    /// <summary>The totals, and the first failures with the tail of their traces.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{_seeds} seeds in {_took.TotalSeconds:F1} s: {_operations} operations, {_entries} entries, {_steps} steps, {_failed.Count} failed");
        foreach (var fault in Enum.GetValues<Fault>())
            text.AppendLine(CultureInfo.InvariantCulture, $"{_faults[(int)fault],12}  {fault}");
        foreach (var seed in _failed.Take(MostShown))
            text.AppendLine().AppendLine(Run.Of(seed, new Protocol(), isTraced: true).ToString());
        if (_failed.Count > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"Failed: {string.Join(' ', _failed.Take(100))}");
        return text.ToString();
    }

    private void Add(Report report)
    {
        _seeds++;
        _operations += report.Operations;
        _steps += report.Steps;
        _entries += report.Entries;
        for (var fault = 0; fault < _faults.Length; fault++)
            _faults[fault] += report.Faults[fault];
        if (report.Violations.Count > 0)
            _failed.Add(report.Seed);
    }
}
