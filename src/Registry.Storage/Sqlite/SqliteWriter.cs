using Microsoft.Data.Sqlite;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Sqlite;

/// <summary>
/// The connection that writes, in a transaction. The newest entry is read as each transaction begins and holds the write lock,
/// so that another process may write between two of them.
/// </summary>
internal sealed class SqliteWriter : IGroupTransaction, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _head;
    private readonly Statement _sealed;
    private readonly Statement _checkpoint;
    private readonly Statement _tree;
    private readonly Statement _seal;
    private readonly Statement _raiseEpoch;
    private readonly Statement _clear;

    private SqliteWriter(SqliteConnection connection, TimeProvider clock, ISalts salts)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _head = Prepare("SELECT sequence, at, hash FROM entry ORDER BY sequence DESC LIMIT 1");
        _sealed = Prepare("SELECT at FROM seal");
        _checkpoint = Prepare("INSERT INTO checkpoint (one, note) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET note = ?1");
        _tree = Prepare("SELECT frontier, law FROM tree");
        _seal = Prepare("UPDATE seal SET at = max(at, ?1)");
        _raiseEpoch = Prepare(
            "INSERT INTO epoch (sheet, epoch) VALUES (?1, 1) ON CONFLICT (sheet) DO UPDATE SET epoch = epoch + 1 RETURNING epoch");
        _clear = Prepare("DELETE FROM deadline WHERE at = ?1 AND object = (SELECT id FROM object WHERE name = ?2) AND kind = ?3");
        Appends = new SqliteAppends(Prepare, clock, salts);
        Keys = new SqliteKeys(Prepare);
        Imports = new SqliteImports(Prepare);
    }

    /// <summary>Appends entries in the transaction.</summary>
    public SqliteAppends Appends { get; }

    /// <summary>Issues and revokes keys in the transaction.</summary>
    public SqliteKeys Keys { get; }

    /// <summary>Changes what is kept of imports in the transaction.</summary>
    public SqliteImports Imports { get; }

    /// <summary>Whether the connection is closed, as it is after a failure of the storage.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Opens the connection.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public static SqliteWriter Open(SqliteDatabase database, TimeProvider clock, ISalts salts)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = database.OpenWriter();
            return new SqliteWriter(connection, clock, salts);
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            throw new JournalUnavailableException("The journal's database could not be opened.", fault);
        }
    }

    /// <summary>Begins a transaction, as the only writer.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed, or another process does not let go of it.</exception>
    public void Begin()
    {
        _begin.Run();
        var head = Head.None.Seal(JournalInstant.FromMicroseconds(_sealed.Scalar()!.Value));
        if (_head.Step())
        {
            head = head with
            {
                Stamp = new Stamp(_head.Long(0), JournalInstant.FromMicroseconds(_head.Long(1))),
                Hash = _head.Blob(2),
            };
            _head.Reset();
        }

        if (_tree.Step())
        {
            head = head with { Tree = TreeFrontier.FromBytes(_tree.Blob(0)), Law = _tree.TextOrNull(1) };
            _tree.Reset();
        }

        Appends.Begin(head.Checked());
    }

    /// <summary>Keeps that nothing more is stamped at or before an instant.</summary>
    /// <param name="instant">Whole microseconds, in UTC.</param>
    public void Seal(DateTimeOffset instant)
    {
        _seal.Bind(1, JournalInstant.ToMicroseconds(instant)).Run();
        Appends.Head = Appends.Head.Seal(instant);
    }

    /// <inheritdoc cref="IPublicLog.KeepCheckpoint"/>
    public void KeepCheckpoint(byte[] note) => _checkpoint.Bind(1, note).Run();

    /// <inheritdoc cref="IJournal.RaiseEpoch"/>
    public long RaiseEpoch(SheetId sheet) => _raiseEpoch.Bind(1, sheet.Number).Scalar()!.Value;

    /// <inheritdoc cref="IJournal.Clear"/>
    public void Clear(Deadline deadline) => _clear
        .Bind(1, JournalInstant.ToMicroseconds(deadline.At))
        .Bind(2, deadline.Stream.ToString())
        .Bind(3, deadline.Kind.ToString())
        .Run();

    /// <inheritdoc/>
    public void Commit()
    {
        Appends.MoveTree();
        _commit.Run();
    }

    /// <inheritdoc/>
    public void Rollback() => _rollback.Run();

    /// <inheritdoc/>
    public void Abandon() => Dispose();

    /// <summary>Moves what is left in the write-ahead log into the database; as much as readers in other processes allow.</summary>
    public void Checkpoint()
    {
        using var checkpoint = new Statement(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        checkpoint.Run();
    }

    /// <summary>Closes the connection; a transaction that was not committed is undone.</summary>
    public void Dispose()
    {
        IsClosed = true;
        foreach (var statement in _statements)
            statement.Dispose();
        _connection.Dispose();
    }

    private Statement Prepare(string sql)
    {
        var statement = new Statement(_connection, sql);
        _statements.Add(statement);
        return statement;
    }
}
