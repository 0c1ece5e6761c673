using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Gateway.Hosting;

namespace Registry.Gateway.Imports;

/// <summary>
/// Sees to it that every import that was accepted goes on: at the start, and every few seconds, for what carried it out may have ended at
/// any time. And has those that ended long ago forgotten.
/// </summary>
internal sealed class ImportLoop(
    IKeptImports kept, IActors actors, TimeProvider clock, Readiness readiness, ILogger<ImportLoop> logger) : BackgroundService
{
    /// <summary>How long an import that ended can be read.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>The most imports that ended and can be read.</summary>
    public const int MostKept = 500;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.WhenReady.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_period);
        do
        {
            try
            {
                foreach (var id in await kept.Unfinished(ImportRoutes.MostUnfinished))
                {
                    stoppingToken.ThrowIfCancellationRequested();
                    await actors.Import(id).Progress();
                }

                await kept.Forget(clock.GetUtcNow() - Kept, MostKept);
            }
            catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException)
            {
                logger.LogWarning(fault, "Imports could not be looked after; they are looked after again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
