namespace Registry.Core;

/// <summary>
/// How much work one question may still cause, in units of about a comparison of two numbers: some nanoseconds. Whoever goes through
/// something as long as a stranger likes spends it, and stops when it is spent.
/// </summary>
/// <remarks>It counts rather than looks at a clock: what a question may cost is the same on every machine, in every run, and in a test.</remarks>
/// <param name="units">The most.</param>
public sealed class WorkBudget(long units)
{
    /// <summary>What one request may cost: less than a second of a processor of today.</summary>
    public const long OfRequest = 150_000_000;

    /// <summary>A budget that no question spends.</summary>
    public static WorkBudget Unbounded => new(long.MaxValue);

    /// <summary>The units that were spent; perhaps somewhat more than there were.</summary>
    public long Spent { get; private set; }

    /// <summary>The units that are left; 0 when all are spent.</summary>
    public long Left => Math.Max(units - Spent, 0);

    /// <summary>Whether to stop.</summary>
    public bool IsSpent => Spent >= units;

    /// <summary>Spends some.</summary>
    /// <returns>Whether to go on.</returns>
    public bool Spend(long some)
    {
        Spent += some;
        return !IsSpent;
    }
}
