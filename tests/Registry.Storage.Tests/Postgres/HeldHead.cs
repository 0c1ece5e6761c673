using Npgsql;

namespace Registry.Storage.Tests.Postgres;

/// <summary>Another process that holds the head row, so that appends wait and gather.</summary>
internal sealed class HeldHead : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private HeldHead(NpgsqlConnection connection) => _connection = connection;

    public static async Task<HeldHead> Take(string connectionString)
    {
        var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN; SELECT one FROM registry.head FOR UPDATE";
        await command.ExecuteNonQueryAsync();
        return new HeldHead(connection);
    }

    /// <summary>Ends when a writer waits for the row, by asking the server until it says so.</summary>
    /// <returns>The writer's process.</returns>
    public async Task<int> Waiter()
    {
        while (true)
        {
            await using var command = _connection.CreateCommand();
            // In a transaction the server remembers who was there when it was first asked.
            command.CommandText = "SELECT pg_stat_clear_snapshot(); SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";
            await using var reader = await command.ExecuteReaderAsync();
            await reader.NextResultAsync();
            if (await reader.ReadAsync())
                return reader.GetInt32(0);
        }
    }

    public Task Release() => _connection.CloseAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
