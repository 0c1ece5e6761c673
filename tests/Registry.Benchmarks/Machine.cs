using System.Globalization;

namespace Registry.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    /// <summary>The host's name, its processor, cores, memory and runtime, in a line.</summary>
    public static string Name
    {
        get
        {
            var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
            var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
            return string.Create(CultureInfo.InvariantCulture,
                $"{Environment.MachineName}: {processor?.Split(':')[1].Trim()}, {Environment.ProcessorCount} cores, {memory:F0} GiB, .NET {Environment.Version}");
        }
    }
}
