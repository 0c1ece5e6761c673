using Npgsql;
using Registry.Actors.Journal;

namespace Registry.Storage.Postgres;

/// <summary>Reads rows as they are asked for, each query on a connection of the pool and at one instant.</summary>
/// <param name="connections">The connections.</param>
internal sealed class PostgresRows(PostgresConnections connections)
{
    /// <summary>The rows of a query.</summary>
    /// <param name="sql">The query, a constant.</param>
    /// <param name="row">Reads the row on which the reader stands.</param>
    /// <param name="parameters">The query's parameters, <c>$1</c> first.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public async IAsyncEnumerable<T> All<T>(string sql, Func<NpgsqlDataReader, T> row, params object[] parameters)
    {
        await using var reading = await Begin(sql, parameters);
        while (await reading.Next())
            yield return row(reading.Row);
    }

    // An idle connection may have been lost long ago, and only its next use shows it. Npgsql then empties the pool, so that a
    // second try has a new one; nothing was read yet that could be read twice.
    private async Task<Reading> Begin(string sql, object[] parameters)
    {
        try
        {
            return await Reading.Begin(connections, sql, parameters);
        }
        catch (NpgsqlException lost) when (lost.IsTransient)
        {
            return await Guarded(() => Reading.Begin(connections, sql, parameters));
        }
        catch (Exception fault) when (PostgresConnections.IsFailure(fault))
        {
            throw PostgresConnections.Unavailable(fault);
        }
    }

    private static async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (PostgresConnections.IsFailure(fault))
        {
            throw PostgresConnections.Unavailable(fault);
        }
    }

    private sealed class Reading(NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader) : IAsyncDisposable
    {
        public NpgsqlDataReader Row => reader;

        public static async Task<Reading> Begin(PostgresConnections connections, string sql, object[] parameters)
        {
            var connection = await connections.OpenReader();
            try
            {
                var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of the caller's.
                command.CommandText = sql;
#pragma warning restore CA2100
                foreach (var parameter in parameters)
                    command.Parameters.Add(new NpgsqlParameter { Value = parameter });
                return new Reading(connection, command, await command.ExecuteReaderAsync());
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        public Task<bool> Next() => Guarded(() => reader.ReadAsync());

        public async ValueTask DisposeAsync()
        {
            await Guarded(async () =>
            {
                await reader.DisposeAsync();
                return true;
            });
            await command.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
