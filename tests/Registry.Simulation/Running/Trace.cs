using System.Globalization;

namespace Registry.Simulation.Running;

/// <summary>
/// What happened in a run. The digest of every step is always kept, to compare two runs of one seed; the lines are kept only when
/// a seed is replayed, since to write them costs more than to run.
/// </summary>
internal sealed class Trace(Simulator simulator, bool isKept)
{
    private readonly List<string> _lines = [];

    /// <summary>FNV-1a, 64 bits, over the order of the steps and their instants.</summary>
    public ulong Digest { get; private set; } = 14695981039346656037;

    /// <summary>The lines, oldest first; none when the run is not traced.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>A task of an activation is run.</summary>
    public void Step(ActivationScheduler scheduler) => Mix((ulong)scheduler.Number);

    /// <summary>Something falls due.</summary>
    public void Step(string what)
    {
        Mix((ulong)simulator.Clock.Ticks);
        if (isKept && !what.StartsWith("a timer", StringComparison.Ordinal))
            Add(what);
    }

    /// <summary>Notes something worth reading; formatted only when the trace is kept.</summary>
    public void Note(Func<string> what)
    {
        if (isKept)
            Add(what());
    }

    private void Add(string line) =>
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{simulator.Steps,7} {simulator.Clock.Elapsed.TotalSeconds,12:F6}  {line}"));

    private void Mix(ulong value) => Digest = (Digest ^ value) * 1099511628211;
}
