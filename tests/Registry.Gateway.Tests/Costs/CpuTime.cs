using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Registry.Gateway.Tests.Costs;

/// <summary>
/// CPU time of one thread, which other tests and a busy machine do not lengthen, and a measure of how fast this machine is. Work that is
/// measured here runs on the thread that asks for it from beginning to end.
/// </summary>
internal static class CpuTime
{
    private const int ThreadClock = 3;

    private static readonly Lazy<TimeSpan> s_calibration = new(Calibrate);

    /// <summary>
    /// What a loop takes that keeps a 2-GHz core of 2020 busy for about 100 ms. Tests allow multiples of it, so that a slow machine fails
    /// none of them.
    /// </summary>
    public static TimeSpan Calibration => s_calibration.Value;

    /// <summary>The CPU time that the work takes on this thread.</summary>
    public static TimeSpan Of(Action work)
    {
        var (thread, before) = (Environment.CurrentManagedThreadId, Now());
        work();
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        return Now() - before;
    }

    /// <summary>How many times longer work takes than other work: the least of three attempts each, which interruptions lengthen.</summary>
    public static double Growth(Action small, Action large)
    {
        small();
        return Least(large) / Least(small);

        static double Least(Action work) => Enumerable.Range(0, 3).Min(_ => Of(work).TotalMicroseconds);
    }

    // Sorting, hashing and allocating, as reading a request does.
    private static TimeSpan Calibrate()
    {
        Work();
        return Of(Work);

        static void Work()
        {
            var texts = new List<string>();
            for (var i = 0; i < 100_000; i++)
                texts.Add(((i * 7919L) % 100_003).ToString(System.Globalization.CultureInfo.InvariantCulture));
            texts.Sort(StringComparer.Ordinal);
            Assert.Equal(100_000, texts.ToHashSet(StringComparer.Ordinal).Count);
        }
    }

    private static TimeSpan Now()
    {
        if (!OperatingSystem.IsLinux())
            return Process.GetCurrentProcess().TotalProcessorTime;
        Assert.Equal(0, GetTime(ThreadClock, out var time));
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
