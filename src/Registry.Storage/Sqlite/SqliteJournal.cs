using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Sqlite;

/// <summary>
/// The journal of a registry in one process: a SQLite database in WAL mode with synchronous FULL, so that what was acknowledged
/// survives a loss of power. Other processes may use the same database at once, as the administrator's commands do.
/// </summary>
/// <remarks>
/// All writes go through one thread, which commits together what waits together. Reads run on the thread of their caller and have
/// ended when they return; they see every commit that was acknowledged.
/// </remarks>
public sealed class SqliteJournal : IJournal
{
    /// <summary>The name of the database in its directory.</summary>
    public const string FileName = "registry.db";

    private static readonly TimeSpan PollForOthers = TimeSpan.FromSeconds(1);

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _clock;
    private readonly SqliteReaders _readers;
    private readonly SqliteQueries _queries;
    private readonly SqliteImportQueries _imports;
    private readonly CommitSignal _committed = new();
    private readonly GroupCommit<SqliteWriter> _writes;
    private readonly ITimer _poll;
    private SqliteWriter _writer;

    private SqliteJournal(SqliteDatabase database, SqliteWriter writer, TimeProvider clock, int mostInBatch, ILogger? log)
    {
        _database = database;
        _writer = writer;
        _clock = clock;
        _readers = new SqliteReaders(database);
        _queries = new SqliteQueries(_readers);
        _imports = new SqliteImportQueries(_readers);
        _writes = new GroupCommit<SqliteWriter>("journal", Begin, _committed.Raise, mostInBatch, log);
        // The signal tells of commits in this process. Those of others are found by looking.
        _poll = clock.CreateTimer(_ => _committed.Raise(), null, PollForOthers, PollForOthers);
    }

    /// <summary>Opens the journal of a directory; makes both when they are not there, and brings the schema to today's.</summary>
    /// <param name="directory">Where <see cref="FileName"/> lies. Nothing but a local file system will do: WAL shares memory.</param>
    /// <param name="clock">Where the instants of entries come from.</param>
    /// <param name="log">Where failures of the storage are noted.</param>
    /// <exception cref="InvalidOperationException">The database was made by a newer release.</exception>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public static Task<SqliteJournal> Open(string directory, TimeProvider clock, ILogger? log = null) =>
        Open(directory, clock, 256, log);

    /// <summary>As <see cref="Open(string, TimeProvider, ILogger?)"/>, with a bound on how many changes are committed together.</summary>
    internal static Task<SqliteJournal> Open(string directory, TimeProvider clock, int mostInBatch, ILogger? log) =>
        Now(() =>
        {
            try
            {
                PrivateFiles.MakeDirectory(directory);
                var database = new SqliteDatabase(Path.Combine(directory, FileName));
                database.Prepare(SqliteSchema.Steps);
                return new SqliteJournal(database, SqliteWriter.Open(database, clock, RandomSalts.Instance), clock, mostInBatch, log);
            }
            catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new JournalUnavailableException($"The journal in {directory} could not be opened.", fault);
            }
        });

    /// <inheritdoc/>
    public Task<AppendResult> Append(Append append) => _writes.Do(writer => writer.Appends.Append(append));

    /// <inheritdoc/>
    public Task<JointResult> AppendAll(IReadOnlyList<Append> appends) =>
        JointAppend.Do(() => _writes.Do(writer => JointAppend.Each(appends, writer.Appends.Append)));

    /// <inheritdoc/>
    public Task<StoredObject?> Load(StreamId stream) => Now(() => _queries.Load(stream));

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> LoadSheet(SheetId sheet) => _queries.LoadSheet(sheet).ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> LoadAll(Collection collection) => _queries.LoadAll(collection).ToAsyncEnumerable();

    /// <inheritdoc/>
    public Task<long> RaiseEpoch(SheetId sheet) => _writes.Do(writer => writer.RaiseEpoch(sheet));

    /// <inheritdoc/>
    public Task<long> EpochOf(SheetId sheet) => Now(() => _queries.EpochOf(sheet));

    /// <inheritdoc/>
    public Task<KeptAnswer?> FindAnswer(string keyId) => Now(() => _queries.FindAnswer(keyId));

    /// <inheritdoc/>
    public Task<long> Newest() => Now(_queries.Newest);

    /// <inheritdoc/>
    public Task<string?> LawOfNextAppend() => Now(_queries.Law);

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> History(StreamId stream) => _queries.History(stream).ToAsyncEnumerable();

    /// <inheritdoc/>
    public async Task<long?> CutAt(DateTimeOffset instant)
    {
        var cut = JournalInstant.Of(instant);
        if (!JournalInstant.HasCome(_clock, cut) && !await Now(() => _queries.HasCome(cut)))
            return null;
        if (await Now(() => _queries.SettledCut(cut)) is { } settled)
            return settled;
        await _writes.Do(writer =>
        {
            writer.Seal(cut);
            return true;
        });
        return await Now(() => _queries.SettledCut(cut));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> SheetHistory(SheetId sheet, long upTo) => _queries.SheetHistory(sheet, upTo).ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> Read(long after) => _queries.Read(after).ToAsyncEnumerable();

    /// <inheritdoc/>
    public async IAsyncEnumerable<Entry> Tail(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Task<bool> more;
        do
        {
            more = _committed.Next;
            using var entries = _queries.Read(after).GetEnumerator();
            while (MoveUnlessClosed(entries))
            {
                cancellation.ThrowIfCancellationRequested();
                after = entries.Current.Stamp.Sequence;
                yield return entries.Current;
            }
        }
        while (await more.WaitAsync(cancellation));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<KeyValuePair<Cell, StreamId>> Claims() => _queries.Claims().ToAsyncEnumerable();

    /// <inheritdoc/>
    public Task<IReadOnlyList<Deadline>> DueAt(DateTimeOffset instant, int limit) => Now(() => _queries.DueAt(instant, limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Deadline>> DeadlinesOf(StreamId stream) => Now(() => _queries.DeadlinesOf(stream));

    /// <inheritdoc/>
    public Task Clear(Deadline deadline) => _writes.Do(writer =>
    {
        writer.Clear(deadline);
        return true;
    });

    /// <inheritdoc/>
    public Task<bool> Issue(byte[] digest, Caller caller, DateTimeOffset at) =>
        _writes.Do(writer => writer.Keys.Issue(digest, caller, at));

    /// <inheritdoc/>
    public Task<bool> Revoke(string name, DateTimeOffset at) => _writes.Do(writer => writer.Keys.Revoke(name, at));

    /// <inheritdoc/>
    public Task<Caller?> Find(byte[] digest) => Now(() => _queries.FindKey(digest));

    /// <inheritdoc/>
    public Task<IReadOnlyList<IssuedKey>> All() => Now(() => _queries.AllKeys());

    /// <inheritdoc/>
    public Task KeepPart(string content, int part, byte[] bytes, DateTimeOffset at) => _writes.Do(writer =>
    {
        writer.Imports.KeepPart(content, part, bytes, at);
        return true;
    });

    /// <inheritdoc/>
    public async Task<KeptImport> Accept(NewImport import)
    {
        await _writes.Do(writer =>
        {
            writer.Imports.Accept(import);
            return true;
        });
        return (await FindImport(import.Id))!;
    }

    /// <inheritdoc/>
    public Task<KeptImport?> FindImport(string id) => Now(() => _imports.Find(id));

    /// <inheritdoc/>
    public Task<byte[]?> LoadPart(string content, int part) => Now(() => _imports.LoadPart(content, part));

    /// <inheritdoc/>
    public Task<long?> BeginRun(string id) => _writes.Do(writer => writer.Imports.BeginRun(id));

    /// <inheritdoc/>
    public Task EndRun(string id, long run, ImportEnd end) => _writes.Do(writer =>
    {
        writer.Imports.EndRun(id, run, end);
        return true;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Unfinished(int limit) => Now(() => _imports.Unfinished(limit));

    /// <inheritdoc/>
    public Task Forget(DateTimeOffset before, int most) => _writes.Do(writer =>
    {
        writer.Imports.Forget(before, most);
        return true;
    });

    /// <inheritdoc/>
    public Task<TreeFrontier> Frontier() => Now(_queries.Frontier);

    /// <inheritdoc/>
    public Task<byte[]> Hashes(int level, long first, int count) => Now(() => _queries.Hashes(level, first, count));

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> Canonical(long first, int count) => Now(() => _queries.Canonical(first, count));

    /// <inheritdoc/>
    public Task<byte[]?> Checkpoint() => Now(_queries.Checkpoint);

    /// <inheritdoc/>
    public Task KeepCheckpoint(byte[] note) => _writes.Do(writer =>
    {
        writer.KeepCheckpoint(note);
        return true;
    });

    /// <inheritdoc/>
    public Task<byte[]?> Object(byte[] hash) => Now(() => _queries.LogObject(hash));

    /// <summary>Commits what was accepted, ends every <see cref="Tail"/>, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        await _poll.DisposeAsync();
        _committed.Close();
        _readers.Dispose();
        if (_writer is { IsClosed: false })
        {
            _writer.Checkpoint();
            _writer.Dispose();
        }
    }

    // A tail that is reading while the journal is disposed ends as one that waits does.
    private bool MoveUnlessClosed(IEnumerator<Entry> entries)
    {
        try
        {
            return entries.MoveNext();
        }
        catch (ObjectDisposedException) when (_committed.IsClosed)
        {
            return false;
        }
    }

    // Reads have ended when they return, but what they throw belongs into the task.
    private static Task<T> Now<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (Exception fault)
        {
            return Task.FromException<T>(fault);
        }
    }

    // After a failure of the storage the connection is gone, and the next batch opens another.
    private SqliteWriter Begin()
    {
        if (_writer.IsClosed)
            _writer = SqliteWriter.Open(_database, _clock, RandomSalts.Instance);
        try
        {
            _writer.Begin();
            return _writer;
        }
        catch
        {
            _writer.Dispose();
            throw;
        }
    }
}
