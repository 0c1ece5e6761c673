namespace Registry.Benchmarks;

/// <summary>Without Orleans there are no silos to measure.</summary>
internal static class ClusterBenchmark
{
    public static Task Run() => Console.Out.WriteLineAsync("cluster: this build has no Orleans in it");
}
