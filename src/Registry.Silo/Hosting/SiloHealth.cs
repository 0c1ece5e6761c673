using Registry.Storage;

namespace Registry.Silo.Hosting;

/// <summary>
/// Liveness is local: whether this process answers. Readiness is truthful: whether the silo is an active member, not about to
/// end, and its journal takes writes.
/// </summary>
internal static class SiloHealth
{
    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddProblemDetails();

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz/live", static () => Results.Ok());
        app.MapGet("/healthz/ready", Ready);
    }

    private static async Task<IResult> Ready(ISiloStatusOracle silo, IHostApplicationLifetime lifetime, JournalProbe journal)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return NotReady("The silo is about to end.");
        if (silo.CurrentStatus != SiloStatus.Active)
            return NotReady($"The silo is {silo.CurrentStatus}.");
        return await journal.TakesWrites() ? Results.Ok(new { status = "ready" }) : NotReady("The journal does not answer.");
    }

    private static IResult NotReady(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable);
}
