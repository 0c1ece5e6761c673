using Registry.Gateway.Answers;
using Registry.Gateway.Hosting;
using Registry.Gateway.Log;
using Registry.Gateway.Problems;
using Registry.Log.Witnesses;
using Registry.Storage;

namespace Registry.Gateway.Health;

/// <summary>Whether the process runs, whether the registry answers, and whether its log is signed.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Answered from routing itself: no key is looked at, nothing is allocated.
        routes.MapGet("/healthz/live", static (HttpContext _) => Task.CompletedTask).ShortCircuit().WithSummary("Whether the process runs");
        routes.MapRead("/healthz/ready", Ready).AnswersBeforeReady().DisableRateLimiting().WithSummary("Whether the registry has loaded and its journal takes writes");
        routes.MapRead("/healthz/log", Signed).AnswersBeforeReady().DisableRateLimiting().WithSummary("Whether this process signs the log, and nobody refuses it");
    }

    private static async Task<IResult> Ready(Readiness readiness, IHostApplicationLifetime lifetime, JournalProbe journal, LogSigning signing)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return Problem.Unavailable("The registry is about to end.");
        if (!readiness.IsReady)
            return Problem.Unavailable("The registry is starting.");
        if (!await journal.TakesWrites())
            return Problem.Unavailable("The journal does not answer.");
        // A registry whose log is refused goes on: whoever looks here is told, and is sent requests all the same.
        return signing.Refusal is { } refusal
            ? Results.Json(new RefusedHealth("ready", refusal), LogHealthJson.Default.RefusedHealth)
            : Results.Text("""{"status":"ready"}""", JsonAnswer.Json);
    }

    private static IResult Signed(LogSigning signing) => signing switch
    {
        { Signs: false } => new Problem(ProblemType.NotFound, "This process does not sign the log."),
        { Refusal: { } refusal } => Problem.Unavailable(refusal),
        _ => Results.Json(new SignedHealth("signed", signing.Size, [.. signing.Witnesses.Select(InPublic)]), LogHealthJson.Default.SignedHealth),
    };

    // Why a witness could not be asked may name machines of this network.
    private static WitnessReport InPublic(WitnessReport witness) =>
        witness.Standing == WitnessStanding.Silent ? witness with { Words = "It did not answer as a witness does." } : witness;
}
