using Microsoft.AspNetCore.Mvc;
using Registry.Actors.Hosting;
using Registry.Actors.Titles;
using Registry.Core;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Problems;
using Registry.Gateway.Requests;
using Registry.Hosting;

namespace Registry.Gateway.Development;

/// <summary>Moves the registry's clock, so that terms of years can be tried out in seconds. Only in development.</summary>
internal static class ClockRoute
{
    // Calendars end with the year 9999, and a term of many years may follow the instant.
    private static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void MapClock(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/development/clock", Move).WithSummary("Move the registry's clock forward, and carry out what falls due");

    /// <summary>
    /// In a cluster, has this gateway's clock keep up with what another gateway made of the cluster's, before anything is answered by it.
    /// </summary>
    public static void UseClockOfCluster(this WebApplication app)
    {
        if (app.Services.GetService<IOtherClocks>() is not { } others)
            return;
        // Liveness is no matter of other processes.
        app.UseWhen(static context => !context.Request.Path.StartsWithSegments("/healthz"), branch => branch.Use(async (context, next) =>
        {
            await others.KeepUp();
            await next(context);
        }));
    }

    private static async Task<IResult> Move(
        HttpContext context, DevelopmentClock clock, DeadlineRunner runner, [FromServices] IOtherClocks? others)
    {
        if (!LocalRequest.Is(context))
            return new Problem(ProblemType.Forbidden, "The clock is moved from this machine alone, by a host of the loopback such as localhost.");
        var incoming = await Incoming<Instant>.Read(context, IncomingKind.Question, static body =>
            body.Instant("now") is { } now ? new Instant(now) : null);
        if (incoming.Problem is { } problem)
            return problem;
        var now = incoming.Form.At;
        if (now > Latest)
            return Refusal.Malformed("/now", "The registry's calendar ends with the year 8999.").ToProblem();
        if (others is not null && !await others.Meet())
        {
            return Refusal.Broken(new BrokenRule(
                RuleNames.ClockOfTheMachine, "The silos of this cluster are not in the Development environment: they go by the clock of their machine.")).ToProblem();
        }

        if (!clock.TryMoveTo(now))
            return Refusal.Broken(new BrokenRule(RuleNames.ClockGoesBack, "The registry's clock never goes back.")).ToProblem();
        if (others is not null)
            await others.Meet();
        await runner.RunDue(context.RequestAborted);
        return Results.Text($$"""{"now":"{{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffffffZ}}"}""", JsonAnswer.Json);
    }

    private sealed record Instant(DateTimeOffset At);
}
