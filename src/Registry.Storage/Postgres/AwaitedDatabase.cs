using System.Runtime.InteropServices;
using Npgsql;
using Registry.Actors.Journal;

namespace Registry.Storage.Postgres;

/// <summary>Waits for the database at the start of a process, which may be up before its database is.</summary>
/// <remarks>
/// It listens for SIGTERM and SIGINT meanwhile, since the host, which does otherwise, is not there yet. The first process of a container
/// is deaf to both unless it listens: the kernel lets no signal end it by default. It would go on waiting until it is killed at the end
/// of its grace period, and a node that is drained would wait with it.
/// </remarks>
public static class AwaitedDatabase
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Opens something in the database, again every second until the database answers.</summary>
    /// <param name="open">Opens it; throws <see cref="NpgsqlException"/> or <see cref="JournalUnavailableException"/> while there is no answer.</param>
    /// <param name="waiting">Is told why it could not be opened, each time.</param>
    /// <returns>What was opened; null when the process was asked to end before.</returns>
    public static async Task<T?> Open<T>(Func<Task<T>> open, Action<string> waiting)
        where T : class
    {
        using var end = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var again = new PeriodicTimer(Period);
        try
        {
            while (true)
            {
                try
                {
                    // A connection to an address that leads nowhere takes its time to fail; it is not waited for.
                    return await open().WaitAsync(end.Token);
                }
                catch (Exception fault) when (fault is NpgsqlException or JournalUnavailableException)
                {
                    waiting(fault.InnerException?.Message ?? fault.Message);
                }

                await again.WaitForNextTickAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.Cancel();
        }
    }
}
