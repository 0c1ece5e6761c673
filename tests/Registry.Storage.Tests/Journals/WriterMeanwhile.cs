using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Tests.Journals;

/// <summary>A journal in which someone writes right after the entries were read for the first time.</summary>
internal sealed class WriterMeanwhile(IJournal journal, Func<Task> write) : IJournal, IPublicLog
{
    private bool _written;

    public async IAsyncEnumerable<Entry> Read(long after)
    {
        await foreach (var entry in journal.Read(after))
            yield return entry;
        if (_written)
            yield break;
        _written = true;
        await write();
    }

    public Task<AppendResult> Append(Append append) => journal.Append(append);

    public Task<StoredObject?> Load(StreamId stream) => journal.Load(stream);

    public IAsyncEnumerable<StoredObject> LoadSheet(SheetId sheet) => journal.LoadSheet(sheet);

    public IAsyncEnumerable<StoredObject> LoadAll(Collection collection) => journal.LoadAll(collection);

    public Task<long> RaiseEpoch(SheetId sheet) => journal.RaiseEpoch(sheet);

    public Task<long> EpochOf(SheetId sheet) => journal.EpochOf(sheet);

    public Task<KeptAnswer?> FindAnswer(string keyId) => journal.FindAnswer(keyId);

    public Task<long> Newest() => journal.Newest();

    public Task<long?> CutAt(DateTimeOffset instant) => journal.CutAt(instant);

    public IAsyncEnumerable<Entry> SheetHistory(SheetId sheet, long upTo) => journal.SheetHistory(sheet, upTo);

    public IAsyncEnumerable<Entry> History(StreamId stream) => journal.History(stream);

    public IAsyncEnumerable<Entry> Tail(long after, CancellationToken cancellation) => journal.Tail(after, cancellation);

    public IAsyncEnumerable<KeyValuePair<Cell, StreamId>> Claims() => journal.Claims();

    public Task<IReadOnlyList<Deadline>> DueAt(DateTimeOffset instant, int limit) => journal.DueAt(instant, limit);

    public Task<IReadOnlyList<Deadline>> DeadlinesOf(StreamId stream) => journal.DeadlinesOf(stream);

    public Task Clear(Deadline deadline) => journal.Clear(deadline);

    public Task<TreeFrontier> Frontier() => ((IPublicLog)journal).Frontier();

    public Task<byte[]> Hashes(int level, long first, int count) => ((IPublicLog)journal).Hashes(level, first, count);

    public Task<IReadOnlyList<byte[]>> Canonical(long first, int count) => ((IPublicLog)journal).Canonical(first, count);

    public Task<byte[]?> Checkpoint() => ((IPublicLog)journal).Checkpoint();

    public Task KeepCheckpoint(byte[] note) => ((IPublicLog)journal).KeepCheckpoint(note);

    public Task<byte[]?> Object(byte[] hash) => ((IPublicLog)journal).Object(hash);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
