namespace Registry.Gateway.Problems;

/// <summary>Ends a request with a problem from deep within its handling, where no result can carry it out.</summary>
/// <param name="problem">The answer.</param>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>The answer.</summary>
    public Problem Problem => problem;
}
