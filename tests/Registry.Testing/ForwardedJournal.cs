using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Testing;

/// <summary>A journal that passes everything on to another one. What derives from it does one thing in its own way.</summary>
/// <param name="journal">The other one.</param>
public abstract class ForwardedJournal(IJournal journal) : IJournal
{
    /// <summary>The other journal.</summary>
    protected IJournal Journal => journal;

    /// <inheritdoc/>
    public virtual Task<AppendResult> Append(Append append) => journal.Append(append);

    /// <inheritdoc/>
    public virtual Task<JointResult> AppendAll(IReadOnlyList<Append> appends) => journal.AppendAll(appends);

    /// <inheritdoc/>
    public virtual Task<StoredObject?> Load(StreamId stream) => journal.Load(stream);

    /// <inheritdoc/>
    public virtual Task<long> RaiseEpoch(SheetId sheet) => journal.RaiseEpoch(sheet);

    /// <inheritdoc/>
    public virtual Task<long> EpochOf(SheetId sheet) => journal.EpochOf(sheet);

    /// <inheritdoc/>
    public virtual Task<KeptAnswer?> FindAnswer(string keyId) => journal.FindAnswer(keyId);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<StoredObject> LoadSheet(SheetId sheet) => journal.LoadSheet(sheet);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<StoredObject> LoadAll(Collection collection) => journal.LoadAll(collection);

    /// <inheritdoc/>
    public virtual Task<long> Newest() => journal.Newest();

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<Entry> History(StreamId stream) => journal.History(stream);

    /// <inheritdoc/>
    public virtual Task<long?> CutAt(DateTimeOffset instant) => journal.CutAt(instant);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<Entry> SheetHistory(SheetId sheet, long upTo) => journal.SheetHistory(sheet, upTo);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<Entry> Read(long after) => journal.Read(after);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<Entry> Tail(long after, CancellationToken cancellation) => journal.Tail(after, cancellation);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<KeyValuePair<Cell, StreamId>> Claims() => journal.Claims();

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<Deadline>> DueAt(DateTimeOffset instant, int limit) => journal.DueAt(instant, limit);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<Deadline>> DeadlinesOf(StreamId stream) => journal.DeadlinesOf(stream);

    /// <inheritdoc/>
    public virtual Task Clear(Deadline deadline) => journal.Clear(deadline);

    /// <inheritdoc/>
    public virtual Task KeepPart(string content, int part, byte[] bytes, DateTimeOffset at) => journal.KeepPart(content, part, bytes, at);

    /// <inheritdoc/>
    public virtual Task<KeptImport> Accept(NewImport import) => journal.Accept(import);

    /// <inheritdoc/>
    public virtual Task<KeptImport?> FindImport(string id) => journal.FindImport(id);

    /// <inheritdoc/>
    public virtual Task<byte[]?> LoadPart(string content, int part) => journal.LoadPart(content, part);

    /// <inheritdoc/>
    public virtual Task<long?> BeginRun(string id) => journal.BeginRun(id);

    /// <inheritdoc/>
    public virtual Task EndRun(string id, long run, ImportEnd end) => journal.EndRun(id, run, end);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<string>> Unfinished(int limit) => journal.Unfinished(limit);

    /// <inheritdoc/>
    public virtual Task Forget(DateTimeOffset before, int most) => journal.Forget(before, most);

    /// <inheritdoc/>
    public virtual Task<string?> LawOfNextAppend() => journal.LawOfNextAppend();

    /// <inheritdoc/>
    public virtual Task<TreeFrontier> Frontier() => journal.Frontier();

    /// <inheritdoc/>
    public virtual Task<byte[]> Hashes(int level, long first, int count) => journal.Hashes(level, first, count);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<byte[]>> Canonical(long first, int count) => journal.Canonical(first, count);

    /// <inheritdoc/>
    public virtual Task<byte[]?> Checkpoint() => journal.Checkpoint();

    /// <inheritdoc/>
    public virtual Task KeepCheckpoint(byte[] note) => journal.KeepCheckpoint(note);

    /// <inheritdoc/>
    public virtual Task<byte[]?> Object(byte[] hash) => journal.Object(hash);

    /// <inheritdoc/>
    public virtual Task<bool> Issue(byte[] digest, Caller caller, DateTimeOffset at) => journal.Issue(digest, caller, at);

    /// <inheritdoc/>
    public virtual Task<bool> Revoke(string name, DateTimeOffset at) => journal.Revoke(name, at);

    /// <inheritdoc/>
    public virtual Task<Caller?> Find(byte[] digest) => journal.Find(digest);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<IssuedKey>> All() => journal.All();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return journal.DisposeAsync();
    }
}
