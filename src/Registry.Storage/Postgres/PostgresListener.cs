using Microsoft.Extensions.Logging;

namespace Registry.Storage.Postgres;

/// <summary>
/// Listens for commits of every process. A connection that is lost is opened again by itself; what was committed meanwhile is told
/// as soon as it listens again.
/// </summary>
internal sealed class PostgresListener : IAsyncDisposable
{
    private readonly PostgresConnections _connections;
    private readonly Action _heard;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Backoff _backoff = new();
    private readonly Task _listening;

    /// <param name="connections">Where the connection comes from.</param>
    /// <param name="heard">Told when something was committed, or may have been.</param>
    /// <param name="log">Where a lost connection is noted.</param>
    public PostgresListener(PostgresConnections connections, Action heard, ILogger log)
    {
        _connections = connections;
        _heard = heard;
        _log = log;
        // Not on the scheduler of whoever opens the journal, which may be an actor's.
        _listening = Task.Run(KeepListening);
    }

    /// <summary>Stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
    }

    private async Task KeepListening()
    {
        while (true)
        {
            try
            {
                await Task.Delay(_backoff.Delay, _stop.Token);
                await Listen();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                _backoff.Failed();
                _log.LogWarning(fault, "The journal's notifications were lost; commits of others are found by looking until they return.");
            }
        }
    }

    private async Task Listen()
    {
        await using var connection = _connections.NewListener();
        connection.Notification += (_, _) => _heard();
        await connection.OpenAsync(_stop.Token);
        await using (var listen = connection.CreateCommand())
        {
            listen.CommandText = $"LISTEN {BatchWriting.Channel}";
            await listen.ExecuteNonQueryAsync(_stop.Token);
        }

        _backoff.Succeeded();
        _heard();
        while (true)
            await connection.WaitAsync(_stop.Token);
    }
}
