using Npgsql;
using Registry.Actors.Journal;

namespace Registry.Storage.Postgres;

/// <summary>Waits for the database at the start of a process, which may be up before its database is.</summary>
public static class AwaitedDatabase
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Opens something in the database, again every second until the database answers.</summary>
    /// <param name="open">Opens it; throws <see cref="NpgsqlException"/> or <see cref="JournalUnavailableException"/> while there is no answer.</param>
    /// <param name="waiting">Is told why it could not be opened, each time.</param>
    public static async Task<T> Open<T>(Func<Task<T>> open, Action<string> waiting)
    {
        using var again = new PeriodicTimer(Period);
        while (true)
        {
            try
            {
                return await open();
            }
            catch (Exception fault) when (fault is NpgsqlException or JournalUnavailableException)
            {
                waiting(fault.InnerException?.Message ?? fault.Message);
            }

            await again.WaitForNextTickAsync();
        }
    }
}
