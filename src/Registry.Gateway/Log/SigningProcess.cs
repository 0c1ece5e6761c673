using Registry.Gateway.Hosting;
using Registry.Hosting;
using Registry.Hosting.Telemetry;
using Registry.Storage;

namespace Registry.Gateway.Log;

/// <summary>
/// <c>sign</c>: the one process of a cluster that signs the log. It alone has the key. It reaches the database, and the witnesses, and nobody
/// reaches it but whoever asks for its health; it is no member and no client of the cluster.
/// </summary>
internal static class SigningProcess
{
    /// <summary>The word that asks for it.</summary>
    public const string Word = "sign";

    /// <summary>Puts the process together.</summary>
    /// <param name="args">The command line, with the word.</param>
    /// <param name="adjust">Changes what it is made of, last of all.</param>
    /// <exception cref="SettingException">It cannot start as it is set up.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> adjust)
    {
        var builder = WebApplication.CreateBuilder([.. args.Where(arg => arg != Word), "--Registry:Signer=here"]);
        var settings = builder.AddSettings();
        if (settings.Postgres is null)
            throw new SettingException("'sign' is for a cluster: Registry__Cluster is not postgres. A registry of one process signs by itself, with Registry__Signer=here.");
        builder.AddTelemetry("signer");
        builder.AddDiscretion();
        builder.AddClock();
        builder.AddJournal(settings);
        builder.AddLog(settings);
        adjust(builder);

        var app = builder.Build();
        app.MapGet("/healthz/live", static () => Results.Ok());
        app.MapGet("/healthz/ready", Ready);
        return app;
    }

    // Nobody is sent here by readiness, so that it may tell what an operator has to know.
    private static async Task<IResult> Ready(LogSigning signing, JournalProbe journal, IHostApplicationLifetime lifetime)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return NotReady("The signer is about to end.");
        if (signing.Refusal is { } refusal)
            return NotReady(refusal);
        return await journal.TakesWrites()
            ? Results.Json(new SignedHealth("ready", signing.Size, signing.Witnesses), LogHealthJson.Default.SignedHealth)
            : NotReady("The journal does not answer.");
    }

    private static IResult NotReady(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable);
}
