using Registry.Core;

namespace Registry.Gateway.Problems;

/// <summary>The one table from why the registry refuses to how HTTP says so.</summary>
public static class RefusalProblems
{
    /// <summary>The problem that a refusal is.</summary>
    public static Problem ToProblem(this Refusal refusal) => new(TypeOf(refusal.Kind), refusal.Detail)
    {
        Errors = refusal.Faults,
        Rules = refusal.Rules,
        Conflicts = refusal.Conflicts,
        RetryAfterSeconds = refusal.Kind == RefusalKind.Unavailable ? 1 : null,
    };

    private static ProblemType TypeOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Malformed => ProblemType.Malformed,
        RefusalKind.RuleBroken => ProblemType.RuleBroken,
        RefusalKind.GroundTaken => ProblemType.GroundTaken,
        RefusalKind.WrongStatus => ProblemType.WrongStatus,
        RefusalKind.NotFound => ProblemType.NotFound,
        RefusalKind.Forbidden => ProblemType.Forbidden,
        RefusalKind.Stale => ProblemType.Stale,
        RefusalKind.IdempotencyKeyReused => ProblemType.IdempotencyKeyReused,
        RefusalKind.Unavailable => ProblemType.Unavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of refusal."),
    };
}
