using Registry.Actors.Journal;

namespace Registry.Silo.Hosting;

/// <summary>
/// Liveness is local: whether this process answers. Readiness is truthful: whether the silo is an active member and its journal answers.
/// </summary>
internal static class SiloHealth
{
    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddProblemDetails();

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz/live", static () => Results.Ok());
        app.MapGet("/healthz/ready", Ready);
    }

    private static async Task<IResult> Ready(ISiloStatusOracle silo, IJournal journal)
    {
        if (silo.CurrentStatus != SiloStatus.Active)
            return Results.Problem($"The silo is {silo.CurrentStatus}.", statusCode: StatusCodes.Status503ServiceUnavailable);
        try
        {
            await journal.FindAnswer("healthz");
            return Results.Ok(new { status = "ready" });
        }
        catch (JournalUnavailableException)
        {
            return Results.Problem("The journal does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
