using System.Data;
using Npgsql;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;

namespace Registry.Storage.Postgres;

/// <summary>
/// The connection that writes, in a transaction: two round trips for a batch, one that locks and reads, and one that writes and
/// commits.
/// </summary>
internal sealed class PostgresWriter : IGroupTransaction, IDisposable
{
    private readonly PostgresConnections _connections;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _wall;
    private readonly BatchNeeds _needs = new();
    private NpgsqlConnection _connection;
    private BatchTables? _tables;

    private PostgresWriter(PostgresConnections connections, TimeProvider clock, TimeProvider wall)
    {
        _wall = wall;
        _connections = connections;
        _connection = connections.OpenWriter();
        _clock = clock;
    }

    /// <summary>Whether the connection is closed, as it is after a failure of the storage.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What the pieces of the batch work on. The first that asks for it begins the transaction.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public BatchTables Tables => _tables ??= Guarded(Read);

    /// <summary>Opens the connection.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="clock">Where the instants of entries come from; in development it is moved.</param>
    /// <param name="wall">The clock of the machine, which is held against the database's.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public static PostgresWriter Open(PostgresConnections connections, TimeProvider clock, TimeProvider wall)
    {
        try
        {
            return new PostgresWriter(connections, clock, wall);
        }
        catch (Exception fault) when (PostgresConnections.IsFailure(fault))
        {
            throw PostgresConnections.Unavailable(fault);
        }
    }

    /// <summary>Makes ready for a batch.</summary>
    public void Begin()
    {
        _needs.Clear();
        _tables = null;
    }

    /// <summary>Tells what an append will look at.</summary>
    public void Announce(Append append) => _needs.Add(append);

    /// <summary>Tells that the epoch of a sheet will be looked at.</summary>
    public void Announce(SheetId sheet) => _needs.Add(sheet);

    /// <summary>Tells that an object will be looked at.</summary>
    public void Announce(StreamId stream) => _needs.Add(stream);

    /// <inheritdoc cref="IKeyring.Issue"/>
    public bool Issue(byte[] digest, Caller caller, DateTimeOffset at) => 1 == Run(
        """
        INSERT INTO registry.api_key (digest, name, role, party, issued_at) SELECT $1, $2, $3, $4, $5
        WHERE NOT EXISTS (SELECT FROM registry.api_key WHERE name = $2 AND (role <> $3 OR party IS DISTINCT FROM $4))
        ON CONFLICT DO NOTHING
        """,
        new NpgsqlParameter<byte[]> { TypedValue = digest },
        new NpgsqlParameter<string> { TypedValue = caller.Name },
        new NpgsqlParameter<string> { TypedValue = caller.Role.ToString() },
        new NpgsqlParameter { Value = (object?)caller.Party ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
        new NpgsqlParameter<long> { TypedValue = JournalInstant.ToMicroseconds(at) });

    /// <inheritdoc cref="IKeyring.Revoke"/>
    public bool Revoke(string name, DateTimeOffset at) => 1 == Run(
        "UPDATE registry.api_key SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL",
        new NpgsqlParameter<string> { TypedValue = name },
        new NpgsqlParameter<long> { TypedValue = JournalInstant.ToMicroseconds(at) });

    /// <inheritdoc/>
    public void Commit() => Guarded(() =>
    {
        BatchWriting.Run(_connection, Tables.Changes());
        return true;
    });

    /// <inheritdoc/>
    public void Rollback()
    {
        try
        {
            using var command = new NpgsqlCommand("ROLLBACK", _connection);
            command.ExecuteNonQuery();
            Begin();
        }
        catch (Exception fault) when (PostgresConnections.IsFailure(fault))
        {
            throw PostgresConnections.Unavailable(fault);
        }
    }

    /// <inheritdoc/>
    public void Abandon() => Dispose();

    /// <summary>Closes the connection; a transaction that was not committed is undone.</summary>
    public void Dispose()
    {
        IsClosed = true;
        _connection.Dispose();
    }

    // A connection that was lost while nobody wrote shows it only now. What a batch begins with changes nothing, so that it may be done
    // twice; what was written before is not touched, for there is nothing before it. One that does not answer in time is not tried again.
    private BatchTables Read()
    {
        try
        {
            return BatchReading.Run(_connection, _needs, _clock, RandomSalts.Instance, _wall);
        }
        catch (NpgsqlException lost) when (lost.InnerException is not TimeoutException)
        {
            // Asked here and not above: whether the connection is closed shows when what was reading from it has ended.
            if (_connection.State == ConnectionState.Open)
                throw;
            _connection.Dispose();
            _connection = _connections.OpenWriter();
            return BatchReading.Run(_connection, _needs, _clock, RandomSalts.Instance, _wall);
        }
    }

    // Keys are few: each is a statement of its own, in the transaction.
    private int Run(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        _ = Tables;
        using var batch = new NpgsqlBatch(_connection);
        batch.Add(sql, parameters);
        return Guarded(batch.ExecuteNonQuery);
    }

    // What the server says of a value (class 22) or of a constraint (class 23) concerns what was written, and is said before
    // COMMIT. A stored row that cannot be read concerns who looks at it. Whatever else goes wrong is a failure of the storage.
    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception refused) when (refused is FormatException or PostgresException { SqlState: ['2', '2' or '3', ..] })
        {
            Rollback();
            throw new TransactionRefusedException(refused);
        }
        catch (Exception fault) when (PostgresConnections.IsFailure(fault) || fault is InvalidOperationException)
        {
            throw PostgresConnections.Unavailable(fault);
        }
    }
}
