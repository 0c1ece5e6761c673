using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Registry.Storage;

/// <summary>How the journal writes, as metrics.</summary>
internal static class JournalMeter
{
    private static readonly Meter s_meter = new("Registry");

    private static readonly Histogram<int> s_batchSize = s_meter.CreateHistogram(
        "registry.journal.batch.size", "{change}", "Changes that were committed together.", tags: null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    private static readonly Histogram<double> s_commitDuration = s_meter.CreateHistogram(
        "registry.journal.commit.duration", "s", "From the beginning of a batch's transaction until it was durable.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] });

    /// <summary>A batch is durable.</summary>
    /// <param name="size">How many changes it held.</param>
    /// <param name="since">The <see cref="Stopwatch.GetTimestamp"/> at which its transaction began.</param>
    public static void Committed(int size, long since)
    {
        s_batchSize.Record(size);
        s_commitDuration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);
    }
}
