namespace Registry.Simulation.Running;

/// <summary>What one run showed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Violations">What was not as it must be; empty when all was well.</param>
/// <param name="Faults">How often each fault struck.</param>
/// <param name="Digest">Of every step in its order, and of the journal that came out.</param>
/// <param name="Operations">How many operations clients asked for.</param>
/// <param name="Steps">How many steps were run.</param>
/// <param name="Entries">How many entries the journal has.</param>
/// <param name="Trace">What happened, when it was traced.</param>
internal sealed record Report(
    long Seed,
    IReadOnlyList<string> Violations,
    IReadOnlyList<long> Faults,
    ulong Digest,
    int Operations,
    long Steps,
    long Entries,
    IReadOnlyList<string> Trace)
{
    private const int Tail = 120;

    /// <summary>The command that runs a seed again and prints what happened.</summary>
    public static string Replay(long seed) => $"./dev simulate --seed {seed} --trace";

    /// <summary>What went wrong, the tail of the trace, and how to see it again.</summary>
    public override string ToString() => string.Join('\n',
        [$"Seed {Seed}:", .. Violations, "The end of the trace:", .. Trace.TakeLast(Tail), $"Replay: {Replay(Seed)}"]);
}
