using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Actors.Titles;

namespace Registry.Gateway.Hosting;

/// <summary>Looks every second for deadlines that fell due.</summary>
internal sealed class DeadlineLoop(DeadlineRunner runner, Readiness readiness, ILogger<DeadlineLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.WhenReady.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Period);
        do
        {
            try
            {
                await runner.RunDue(stoppingToken);
            }
            catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException)
            {
                logger.LogError(fault, "Deadlines could not be carried out; they are tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
