using Registry.Gateway.Problems;

namespace Registry.Gateway.Costs;

/// <summary>Ends a request that takes more work than one request may: <c>too-costly</c>.</summary>
internal static class TooCostly
{
    /// <summary>The exception to throw; the request is counted among those that were ended so.</summary>
    /// <param name="detail">What to ask less of, in a sentence.</param>
    public static ProblemException Because(string detail)
    {
        CostMeter.Spent();
        return new(new Problem(ProblemType.TooCostly, detail));
    }
}
