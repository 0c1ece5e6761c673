namespace Registry.Gateway.Problems;

/// <summary>Ends a request with a problem from deep within its handling, where no result can carry it out.</summary>
/// <param name="problem">The answer.</param>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>The answer.</summary>
    public Problem Problem => problem;

    /// <summary>The question takes more work than one question may: <c>too-costly</c>.</summary>
    /// <param name="detail">What to ask less of, in a sentence.</param>
    public static ProblemException TooCostly(string detail)
    {
        Costs.CostMeter.Spent();
        return new(new Problem(ProblemType.TooCostly, detail));
    }
}
