using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Postgres;

/// <summary>
/// The journal of a registry of many processes: a PostgreSQL database, version 15 or newer. Every process appends through one
/// connection, which commits together what waits together; a row that each batch locks first orders the processes' batches, so
/// that the order of entries has no gap.
/// </summary>
/// <remarks>
/// When the database is lost, what waits for it ends with <see cref="JournalUnavailableException"/>, and the journal connects
/// again by itself as further work comes: at once, and then after 50 ms to a second. Whether a change whose COMMIT was sent is
/// there is not guessed: its idempotency key tells.
/// </remarks>
public sealed class PostgresJournal : IJournal
{
    private static readonly TimeSpan PollForOthers = TimeSpan.FromSeconds(5);

    private readonly PostgresConnections _connections;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _wall;
    private readonly PostgresQueries _queries;
    private readonly PostgresImports _imports;
    private readonly CommitSignal _committed = new();
    private readonly GroupCommit<PostgresWriter> _writes;
    private readonly PostgresListener _listener;
    private readonly ITimer _poll;
    private readonly Backoff _backoff = new();
    private readonly CancellationTokenSource _closing = new();
    private PostgresWriter _writer;

    private PostgresJournal(
        PostgresConnections connections, PostgresWriter writer, TimeProvider clock, TimeProvider wall, int mostInBatch, ILogger? log)
    {
        _wall = wall;
        _connections = connections;
        _writer = writer;
        _clock = clock;
        _queries = new PostgresQueries(new PostgresRows(connections));
        _imports = new PostgresImports(connections, new PostgresRows(connections));
        _writes = new GroupCommit<PostgresWriter>("journal", Begin, Committed, mostInBatch, log);
        _listener = new PostgresListener(connections, _committed.Raise, log ?? NullLogger.Instance);
        // Notifications are a convenience; should they fail unnoticed, commits of others are found by looking.
        _poll = clock.CreateTimer(_ => _committed.Raise(), null, PollForOthers, PollForOthers);
    }

    /// <summary>Opens the journal of a database; makes its tables when they are not there, and brings them to today's form.</summary>
    /// <param name="connectionString">Npgsql's, with server, database and user. The database must exist.</param>
    /// <param name="clock">Where the instants of entries come from.</param>
    /// <param name="log">Where failures of the storage are noted.</param>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    /// <exception cref="InvalidOperationException">The tables were made by a newer release.</exception>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public static Task<PostgresJournal> Open(string connectionString, TimeProvider clock, ILogger? log = null) =>
        Open(connectionString, clock, 256, log);

    /// <summary>As <see cref="Open(string, TimeProvider, ILogger?)"/>, with a bound on how many changes are committed together.</summary>
    internal static async Task<PostgresJournal> Open(string connectionString, TimeProvider clock, int mostInBatch, ILogger? log, TimeProvider? wall = null)
    {
        var connections = new PostgresConnections(connectionString);
        try
        {
            await using (var connection = await connections.OpenReader())
                PostgresSchema.Migrate(connection, PostgresSchema.Steps);
            return new PostgresJournal(connections, PostgresWriter.Open(connections, clock, wall ?? TimeProvider.System), clock, wall ?? TimeProvider.System, mostInBatch, log);
        }
        catch (Exception fault)
        {
            await connections.DisposeAsync();
            if (PostgresConnections.IsFailure(fault))
                throw PostgresConnections.Unavailable(fault);
            throw;
        }
    }

    /// <summary>Brings the tables of a database to today's form, as <see cref="Open(string, TimeProvider, ILogger?)"/> does, and does no more.</summary>
    /// <param name="connectionString">Of the role that owns the tables, or may make them.</param>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    /// <exception cref="InvalidOperationException">The tables were made by a newer release.</exception>
    /// <exception cref="NpgsqlException">The storage failed.</exception>
    public static async Task Migrate(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync();
        PostgresSchema.Migrate(connection, PostgresSchema.Steps);
    }

    /// <summary>A secret of 32 random bytes, the same for every process that uses the database; the first that asks makes it.</summary>
    /// <param name="name">What it is for.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public async Task<byte[]> Secret(string name)
    {
        const int secretBytes = 32;
        var rows = new PostgresRows(_connections);
        if (await Find() is { } known)
            return known;
        await rows.All(
            "INSERT INTO registry.secret (name, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING true",
            reader => reader.GetBoolean(0), name, RandomNumberGenerator.GetBytes(secretBytes)).ToListAsync();
        return (await Find())!;

        ValueTask<byte[]?> Find() => rows.All(
            "SELECT bytes FROM registry.secret WHERE name = $1", reader => reader.GetFieldValue<byte[]>(0), name).SingleOrDefaultAsync();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The object's id or the idempotency key holds what PostgreSQL cannot: U+0000, half a character.</exception>
    public Task<AppendResult> Append(Append append) => PostgresText.Misfit(append) is null
        ? _writes.Do(writer => writer.Tables.Append(append), writer => writer.Announce(append))
        : Task.FromException<AppendResult>(new ArgumentException("A name holds what the journal cannot keep.", nameof(append)));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An object's id or an idempotency key holds what PostgreSQL cannot: U+0000, half a character.</exception>
    public Task<JointResult> AppendAll(IReadOnlyList<Append> appends)
    {
        if (appends.Any(append => PostgresText.Misfit(append) is not null))
            return Task.FromException<JointResult>(new ArgumentException("A name holds what the journal cannot keep.", nameof(appends)));
        return JointAppend.Do(() => _writes.Do(writer => JointAppend.Each(appends, writer.Tables.Append), writer =>
        {
            foreach (var append in appends)
                writer.Announce(append);
        }));
    }

    /// <inheritdoc/>
    public Task<StoredObject?> Load(StreamId stream) => _queries.Load(stream);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> LoadSheet(SheetId sheet) => _queries.LoadSheet(sheet);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> LoadAll(Collection collection) => _queries.LoadAll(collection);

    /// <inheritdoc/>
    public Task<long> RaiseEpoch(SheetId sheet) =>
        _writes.Do(writer => writer.Tables.RaiseEpoch(sheet), writer => writer.Announce(sheet));

    /// <inheritdoc/>
    public Task<long> EpochOf(SheetId sheet) => _queries.EpochOf(sheet);

    /// <inheritdoc/>
    public Task<KeptAnswer?> FindAnswer(string keyId) => _queries.FindAnswer(keyId);

    /// <inheritdoc/>
    public Task<long> Newest() => _queries.Newest();

    /// <inheritdoc/>
    public Task<string?> LawOfNextAppend() => _queries.Law();

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> History(StreamId stream) => _queries.History(stream);

    /// <inheritdoc/>
    public async Task<long?> CutAt(DateTimeOffset instant)
    {
        var cut = JournalInstant.Of(instant);
        if (!JournalInstant.HasCome(_clock, cut) && !await _queries.HasCome(cut))
            return null;
        if (await _queries.SettledCut(cut) is { } settled)
            return settled;
        await _writes.Do(writer =>
        {
            writer.Tables.Seal(cut);
            return true;
        });
        return await _queries.SettledCut(cut);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> SheetHistory(SheetId sheet, long upTo) => _queries.SheetHistory(sheet, upTo);

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> Read(long after) => _queries.Read(after);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Entry> Tail(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Task<bool> more;
        do
        {
            more = _committed.Next;
            await using var entries = _queries.Read(after).GetAsyncEnumerator(CancellationToken.None);
            while (await MoveUnlessClosed(entries))
            {
                cancellation.ThrowIfCancellationRequested();
                after = entries.Current.Stamp.Sequence;
                yield return entries.Current;
            }
        }
        while (await more.WaitAsync(cancellation));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<KeyValuePair<Cell, StreamId>> Claims() => _queries.Claims();

    /// <inheritdoc/>
    public Task<IReadOnlyList<Deadline>> DueAt(DateTimeOffset instant, int limit) => _queries.DueAt(instant, limit);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Deadline>> DeadlinesOf(StreamId stream) => _queries.DeadlinesOf(stream);

    /// <inheritdoc/>
    public Task Clear(Deadline deadline) => _writes.Do(
        writer =>
        {
            writer.Tables.Clear(deadline);
            return true;
        },
        writer => writer.Announce(deadline.Stream));

    /// <inheritdoc/>
    public Task<bool> Issue(byte[] digest, Caller caller, DateTimeOffset at) =>
        _writes.Do(writer => writer.Issue(digest, caller, at));

    /// <inheritdoc/>
    public Task<bool> Revoke(string name, DateTimeOffset at) => _writes.Do(writer => writer.Revoke(name, at));

    /// <inheritdoc/>
    public Task<Caller?> Find(byte[] digest) => _queries.FindKey(digest);

    /// <inheritdoc/>
    public Task<IReadOnlyList<IssuedKey>> All() => _queries.AllKeys();

    /// <inheritdoc/>
    public Task KeepPart(string content, int part, byte[] bytes, DateTimeOffset at) => _imports.KeepPart(content, part, bytes, at);

    /// <inheritdoc/>
    public Task<KeptImport> Accept(NewImport import) => _imports.Accept(import);

    /// <inheritdoc/>
    public Task<KeptImport?> FindImport(string id) => _imports.Find(id);

    /// <inheritdoc/>
    public Task<byte[]?> LoadPart(string content, int part) => _imports.LoadPart(content, part);

    /// <inheritdoc/>
    public Task<long?> BeginRun(string id) => _imports.BeginRun(id);

    /// <inheritdoc/>
    public Task EndRun(string id, long run, ImportEnd end) => _imports.EndRun(id, run, end);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Unfinished(int limit) => _imports.Unfinished(limit);

    /// <inheritdoc/>
    public Task Forget(DateTimeOffset before, int most) => _imports.Forget(before, most);

    /// <inheritdoc/>
    public Task<TreeFrontier> Frontier() => _queries.Frontier();

    /// <inheritdoc/>
    public Task<byte[]> Hashes(int level, long first, int count) => _queries.Hashes(level, first, count);

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> Canonical(long first, int count) => _queries.Canonical(first, count);

    /// <inheritdoc/>
    public Task<byte[]?> Checkpoint() => _queries.Checkpoint();

    /// <inheritdoc/>
    public Task KeepCheckpoint(byte[] note) => _queries.KeepCheckpoint(note);

    /// <inheritdoc/>
    public Task<byte[]?> Object(byte[] hash) => _queries.LogObject(hash);

    /// <summary>Commits what was accepted, ends every <see cref="Tail"/>, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _writes.DisposeAsync();
        await _poll.DisposeAsync();
        await _listener.DisposeAsync();
        _committed.Close();
        _writer.Dispose();
        await _connections.DisposeAsync();
    }

    // A tail that is reading while the journal is disposed ends as one that waits does.
    private async ValueTask<bool> MoveUnlessClosed(IAsyncEnumerator<Entry> entries)
    {
        try
        {
            return await entries.MoveNextAsync();
        }
        catch (Exception fault) when (_committed.IsClosed && fault is (ObjectDisposedException or JournalUnavailableException))
        {
            return false;
        }
    }

    // On the thread of the writes. After a failure of the storage the connection is gone, and the next batch opens another.
    private PostgresWriter Begin()
    {
        if (_writer.IsClosed)
        {
            _backoff.Failed();
            _closing.Token.WaitHandle.WaitOne(_backoff.Delay);
            _writer = PostgresWriter.Open(_connections, _clock, _wall);
        }

        _writer.Begin();
        return _writer;
    }

    private void Committed()
    {
        _backoff.Succeeded();
        _committed.Raise();
    }
}
