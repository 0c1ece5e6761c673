using Registry.Actors.Journal;
using Registry.Gateway.Hosting;
using Registry.Gateway.Problems;
using Registry.Gateway.Writing;

namespace Registry.Gateway.Health;

/// <summary>Whether the process runs, and whether the registry answers.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Answered from routing itself: no key is looked at, nothing is allocated.
        routes.MapGet("/healthz/live", static (HttpContext _) => Task.CompletedTask).ShortCircuit().WithSummary("Whether the process runs");
        routes.MapRead("/healthz/ready", Ready).AnswersBeforeReady().WithSummary("Whether the registry has loaded and its journal answers");
    }

    private static async Task<IResult> Ready(Readiness readiness, IServiceProvider services)
    {
        if (!readiness.IsReady)
            return Problem.Unavailable("The registry is starting.");
        try
        {
            // Any look-up will do: it is one read of an index, and finds nothing.
            await services.GetRequiredService<IJournal>().FindAnswer("healthz");
            return Results.Text("""{"status":"ready"}""", JsonAnswer.Json);
        }
        catch (JournalUnavailableException)
        {
            return Problem.Unavailable("The journal does not answer.");
        }
    }
}
