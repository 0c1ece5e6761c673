namespace Registry.Grains.Figures;

/// <summary>
/// A number that many threads count up: each processor has a place of its own for it, a cache line from the next, so that counting costs
/// a few nanoseconds and no thread waits for another.
/// </summary>
internal sealed class SpreadCount
{
    // 128 bytes: processors fetch cache lines of 64 bytes in pairs.
    private const int Apart = 16;

    private static readonly uint s_processors = (uint)Environment.ProcessorCount;

    // What stands before the first place and behind the last one is somebody else's.
    private readonly long[] _places = new long[(s_processors + 1) * Apart];

    /// <summary>Counts one more.</summary>
    public void Add() => Interlocked.Increment(ref _places[((uint)Thread.GetCurrentProcessorId() % s_processors + 1) * Apart - 1]);

    /// <summary>How many were counted.</summary>
    public long Value
    {
        get
        {
            var sum = 0L;
            for (var place = Apart - 1; place < _places.Length; place += Apart)
                sum += Volatile.Read(ref _places[place]);
            return sum;
        }
    }
}
