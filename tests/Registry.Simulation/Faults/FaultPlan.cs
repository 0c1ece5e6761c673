using Registry.Simulation.Running;

namespace Registry.Simulation.Faults;

/// <summary>
/// How likely each fault is in one run, and how often it struck. Each run leaves out some kinds of fault and has others often, so
/// that rare meetings of two kinds are not drowned by the rest (Groce and others: Swarm Testing, 2012).
/// </summary>
internal sealed class FaultPlan
{
    private static readonly double[] s_levels = [0, 0, 0.01, 0.04, 0.15];

    private readonly Choices _choices;
    private readonly double[] _probabilities = new double[Enum.GetValues<Fault>().Length];
    private bool _isOver;

    /// <param name="choices">The seed's choices.</param>
    public FaultPlan(Choices choices)
    {
        _choices = choices;
        IsCalm = choices.Below(6) == 0;
        if (IsCalm)
            return;
        for (var fault = 0; fault < _probabilities.Length; fault++)
            _probabilities[fault] = choices.Of(s_levels) * ScaleOf((Fault)fault);
    }

    /// <summary>Whether this run has no fault at all: then everything must be answered, in time, in order.</summary>
    public bool IsCalm { get; }

    /// <summary>How often each fault struck.</summary>
    public long[] Counts { get; } = new long[Enum.GetValues<Fault>().Length];

    /// <summary>Whether a fault strikes now.</summary>
    public bool Strikes(Fault fault)
    {
        if (_isOver || _probabilities[(int)fault] is 0 || !_choices.Happens(_probabilities[(int)fault]))
            return false;
        Counts[(int)fault]++;
        return true;
    }

    /// <summary>Ends the faults.</summary>
    public void End() => _isOver = true;

    // What is asked for at every message must strike less often than what is asked for once an operation.
    private static double ScaleOf(Fault fault) => fault switch
    {
        Fault.CrashOfAll => 0.03,
        Fault.Crash or Fault.SecondSheet or Fault.SecondObject => 0.3,
        _ => 1,
    };
}
