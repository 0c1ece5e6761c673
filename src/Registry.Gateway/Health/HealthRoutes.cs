using Registry.Gateway.Answers;
using Registry.Gateway.Hosting;
using Registry.Gateway.Problems;
using Registry.Storage;

namespace Registry.Gateway.Health;

/// <summary>Whether the process runs, and whether the registry answers.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Answered from routing itself: no key is looked at, nothing is allocated.
        routes.MapGet("/healthz/live", static (HttpContext _) => Task.CompletedTask).ShortCircuit().WithSummary("Whether the process runs");
        routes.MapRead("/healthz/ready", Ready).AnswersBeforeReady().DisableRateLimiting().WithSummary("Whether the registry has loaded and its journal takes writes");
    }

    private static async Task<IResult> Ready(Readiness readiness, IHostApplicationLifetime lifetime, JournalProbe journal)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return Problem.Unavailable("The registry is about to end.");
        if (!readiness.IsReady)
            return Problem.Unavailable("The registry is starting.");
        return await journal.TakesWrites()
            ? Results.Text("""{"status":"ready"}""", JsonAnswer.Json)
            : Problem.Unavailable("The journal does not answer.");
    }
}
