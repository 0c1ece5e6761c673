using System.Runtime.CompilerServices;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.InMemory;

/// <summary>
/// A journal that lives as long as its process, for tests and for the simulation. It has no thread of its own, and every call
/// but <see cref="Tail"/> has ended when it returns: what wraps it decides when its answers arrive.
/// </summary>
/// <param name="clock">Where the instants of entries come from.</param>
/// <param name="salts">Where the salts of erasable values come from; null for random ones.</param>
public sealed class InMemoryJournal(TimeProvider clock, ISalts? salts = null) : IJournal
{
    private readonly Lock _gate = new();
    private byte[]? _checkpoint;
    private readonly ISalts _salts = salts ?? RandomSalts.Instance;
    private InMemoryTables _tables = new();
    private readonly InMemoryKeyring _keys = new();
    private readonly InMemoryImports _imports = new();
    private readonly CommitSignal _committed = new();

    /// <inheritdoc/>
    public Task<AppendResult> Append(Append append)
    {
        AppendResult result;
        try
        {
            lock (_gate)
                result = _tables.Append(append, clock, _salts);
        }
        catch (Exception fault) when (fault is InvalidOperationException or NotSupportedException)
        {
            return Task.FromException<AppendResult>(fault);
        }

        if (result is Committed)
            _committed.Raise();
        return Task.FromResult(result);
    }

    /// <inheritdoc/>
    public Task<JointResult> AppendAll(IReadOnlyList<Append> appends) => JointAppend.Do(() =>
    {
        IReadOnlyList<Committed> committed;
        lock (_gate)
        {
            // Tried on a copy, which takes the place of what is kept when all of them stand.
            var tables = _tables.Copy();
            committed = JointAppend.Each(appends, append => tables.Append(append, clock, _salts));
            _tables = tables;
        }

        _committed.Raise();
        return Task.FromResult(committed);
    });

    /// <inheritdoc/>
    public Task<StoredObject?> Load(StreamId stream) => Locked(() => _tables.Find(stream));

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> LoadSheet(SheetId sheet) => Snapshot(() => _tables.ObjectsOn(sheet));

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> LoadAll(Collection collection) =>
        Snapshot(() => _tables.Objects.Where(stored => stored.Stream.Collection == collection));

    /// <inheritdoc/>
    public Task<long> RaiseEpoch(SheetId sheet) => Locked(() => _tables.RaiseEpoch(sheet));

    /// <inheritdoc/>
    public Task<long> EpochOf(SheetId sheet) => Locked(() => _tables.EpochOf(sheet));

    /// <inheritdoc/>
    public Task<KeptAnswer?> FindAnswer(string keyId) => Locked(() => _tables.Answer(keyId));

    /// <inheritdoc/>
    public Task<long> Newest() => Locked(() => (long)_tables.Entries.Count);

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> History(StreamId stream) => Snapshot(() => _tables.EntriesOf(stream));

    /// <inheritdoc/>
    public Task<long?> CutAt(DateTimeOffset instant)
    {
        var cut = JournalInstant.Of(instant);
        return Locked<long?>(() => JournalInstant.HasCome(clock, cut) || _tables.HasCome(cut) ? _tables.CutAt(cut) : null);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> SheetHistory(SheetId sheet, long upTo) => Snapshot(() => _tables.HistoryOf(sheet, upTo));

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> Read(long after) => Snapshot(() => EntriesAfter(after));

    /// <inheritdoc/>
    public async IAsyncEnumerable<Entry> Tail(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Task<bool> more;
        do
        {
            more = _committed.Next;
            await foreach (var entry in Read(after))
            {
                cancellation.ThrowIfCancellationRequested();
                after = entry.Stamp.Sequence;
                yield return entry;
            }
        }
        while (await more.WaitAsync(cancellation));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<KeyValuePair<Cell, StreamId>> Claims() => Snapshot(() => _tables.Claims);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Deadline>> DueAt(DateTimeOffset instant, int limit) =>
        Locked<IReadOnlyList<Deadline>>(() => [.. _tables.Deadlines.TakeWhile(deadline => deadline.At <= instant).Take(limit)]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Deadline>> DeadlinesOf(StreamId stream) =>
        Locked<IReadOnlyList<Deadline>>(() => [.. _tables.Deadlines.Where(deadline => deadline.Stream == stream)]);

    /// <inheritdoc/>
    public Task Clear(Deadline deadline)
    {
        lock (_gate)
            _tables.Clear(deadline);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> Issue(byte[] digest, Caller caller, DateTimeOffset at) => Locked(() => _keys.Issue(digest, caller, at));

    /// <inheritdoc/>
    public Task<bool> Revoke(string name, DateTimeOffset at) => Locked(() => _keys.Revoke(name, at));

    /// <inheritdoc/>
    public Task<Caller?> Find(byte[] digest) => Locked(() => _keys.Find(digest));

    /// <inheritdoc/>
    public Task<IReadOnlyList<IssuedKey>> All() => Locked(_keys.All);

    /// <inheritdoc/>
    public Task KeepPart(string content, int part, byte[] bytes, DateTimeOffset at) => Locked(() =>
    {
        _imports.KeepPart(content, part, bytes, at);
        return true;
    });

    /// <inheritdoc/>
    public Task<KeptImport> Accept(NewImport import) => Locked(() => _imports.Accept(import));

    /// <inheritdoc/>
    public Task<KeptImport?> FindImport(string id) => Locked(() => _imports.Find(id));

    /// <inheritdoc/>
    public Task<byte[]?> LoadPart(string content, int part) => Locked(() => _imports.LoadPart(content, part));

    /// <inheritdoc/>
    public Task<long?> BeginRun(string id) => Locked(() => _imports.BeginRun(id));

    /// <inheritdoc/>
    public Task EndRun(string id, long run, ImportEnd end) => Locked(() =>
    {
        _imports.EndRun(id, run, end);
        return true;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Unfinished(int limit) => Locked(() => _imports.Unfinished(limit));

    /// <inheritdoc/>
    public Task Forget(DateTimeOffset before, int most) => Locked(() =>
    {
        _imports.Forget(before, most);
        return true;
    });

    /// <inheritdoc/>
    public Task<string?> LawOfNextAppend() => Locked(() => _tables.Law);

    /// <inheritdoc/>
    public Task<TreeFrontier> Frontier() => Locked(() => _tables.Tree);

    /// <inheritdoc/>
    public Task<byte[]> Hashes(int level, long first, int count) => Locked(() => _tables.Hashes(level, first, count));

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> Canonical(long first, int count) =>
        Locked<IReadOnlyList<byte[]>>(() => [.. _tables.EntriesFrom(first, count).Select(entry => entry.Canonical)]);

    /// <inheritdoc/>
    public Task<byte[]?> Checkpoint() => Locked(() => _checkpoint);

    /// <inheritdoc/>
    public Task KeepCheckpoint(byte[] note) => Locked(() => _checkpoint = note);

    /// <inheritdoc/>
    public Task<byte[]?> Object(byte[] hash) => Locked(() => _tables.LogObject(Convert.ToHexStringLower(hash)));

    /// <summary>Ends every <see cref="Tail"/>. What was appended can still be read.</summary>
    public ValueTask DisposeAsync()
    {
        _committed.Close();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<Entry> EntriesAfter(long after)
    {
        for (var place = (int)Math.Max(after, 0); place < _tables.Entries.Count; place++)
            yield return _tables.Entries[place];
    }

    private Task<T> Locked<T>(Func<T> read)
    {
        lock (_gate)
            return Task.FromResult(read());
    }

    private IAsyncEnumerable<T> Snapshot<T>(Func<IEnumerable<T>> read)
    {
        lock (_gate)
            return read().ToArray().ToAsyncEnumerable();
    }
}
