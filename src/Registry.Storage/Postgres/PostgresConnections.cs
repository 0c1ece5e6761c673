using Npgsql;
using Registry.Actors.Journal;

namespace Registry.Storage.Postgres;

/// <summary>
/// The connections to the journal's database: one that writes, one that listens, and a pool that reads. Each waits for the server
/// for a bounded time only, and the server for it.
/// </summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private const int ConnectSeconds = 5;
    private const int WriteSeconds = 10;
    private const int ReadSeconds = 30;

    // The server gives up a statement before its client does, so that nothing goes on of which nobody waits for the end. A client
    // that is frozen or cut off while it holds the head row holds up every other process: the server ends its session.
    //
    // The writer finds every row by a key. A plan made while a table was small must not scan it when it is large. A plan that has
    // no other way than one of those that are off counts as very dear, and would be compiled, which takes longer than to run it.
    //
    // What is acknowledged is durable, whatever the server's default; one that is stricter than "on" is left alone.
    private const string WriterSettings =
        """
        SET statement_timeout = '9s';
        SET idle_in_transaction_session_timeout = '5s';
        SET enable_seqscan = off;
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET jit = off;
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
        """;

    private readonly string _writer;
    private readonly string _listener;
    private readonly NpgsqlDataSource _readers;

    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public PostgresConnections(string connectionString)
    {
        _writer = With(connectionString, "writer", builder =>
        {
            builder.Pooling = false;
            builder.CommandTimeout = WriteSeconds;
            builder.MaxAutoPrepare = 64;
            builder.AutoPrepareMinUsages = 2;
        });
        _listener = With(connectionString, "listener", builder =>
        {
            builder.Pooling = false;
            builder.CommandTimeout = WriteSeconds;
            builder.KeepAlive = WriteSeconds;
        });
        _readers = NpgsqlDataSource.Create(With(connectionString, "reader", builder => builder.CommandTimeout = ReadSeconds));
    }

    /// <summary>Opens a connection that writes.</summary>
    /// <exception cref="NpgsqlException">The storage failed.</exception>
    public NpgsqlConnection OpenWriter()
    {
        var connection = new NpgsqlConnection(_writer);
        try
        {
            connection.Open();
            using var settings = new NpgsqlCommand(WriterSettings, connection);
            settings.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that listens, not yet open.</summary>
    public NpgsqlConnection NewListener() => new(_listener);

    /// <summary>Takes a connection that reads from the pool.</summary>
    /// <exception cref="NpgsqlException">The storage failed.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public ValueTask<NpgsqlConnection> OpenReader() => _readers.OpenConnectionAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _readers.DisposeAsync();

    /// <summary>Whether an exception means that the storage failed, rather than that it was asked something wrong.</summary>
    public static bool IsFailure(Exception fault) => fault is NpgsqlException or IOException or TimeoutException;

    /// <summary>A failure as callers of the journal see it.</summary>
    public static JournalUnavailableException Unavailable(Exception fault) => new("The journal's database failed.", fault);

    private static string With(string connectionString, string part, Action<NpgsqlConnectionStringBuilder> change)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Enlist = false, TcpKeepAlive = true };
        builder.Timeout = Math.Min(builder.Timeout, ConnectSeconds);
        builder.ApplicationName = $"{builder.ApplicationName ?? "registry"} {part}";
        change(builder);
        return builder.ConnectionString;
    }
}
