namespace Registry.Gateway.Problems;

/// <summary>Makes a problem of whatever goes wrong.</summary>
internal static class ProblemSetup
{
    public static void UseProblems(this WebApplication app) => app.UseMiddleware<ProblemMiddleware>();
}
