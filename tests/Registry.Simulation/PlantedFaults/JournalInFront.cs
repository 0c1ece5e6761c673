using Registry.Actors.Imports;
using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Simulation.PlantedFaults;

/// <summary>Stands before a journal and passes everything on; what derives from it does one thing wrong.</summary>
internal abstract class JournalInFront(IJournal journal) : IJournal, IJointJournal, IKeptImports
{
    private IKeptImports Imports => (IKeptImports)journal;

    /// <inheritdoc/>
    public virtual Task<AppendResult> Append(Append append) => journal.Append(append);

    /// <inheritdoc/>
    public virtual Task<JointResult> AppendAll(IReadOnlyList<Append> appends) => ((IJointJournal)journal).AppendAll(appends);

    /// <inheritdoc/>
    public Task<StoredObject?> Load(StreamId stream) => journal.Load(stream);

    /// <inheritdoc/>
    public Task<long> RaiseEpoch(SheetId sheet) => journal.RaiseEpoch(sheet);

    /// <inheritdoc/>
    public Task<long> EpochOf(SheetId sheet) => journal.EpochOf(sheet);

    /// <inheritdoc/>
    public Task<KeptAnswer?> FindAnswer(string keyId) => journal.FindAnswer(keyId);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> LoadSheet(SheetId sheet) => journal.LoadSheet(sheet);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> LoadAll(Collection collection) => journal.LoadAll(collection);

    /// <inheritdoc/>
    public Task<long> Newest() => journal.Newest();

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> History(StreamId stream) => journal.History(stream);

    /// <inheritdoc/>
    public Task<long?> CutAt(DateTimeOffset instant) => journal.CutAt(instant);

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> SheetHistory(SheetId sheet, long upTo) => journal.SheetHistory(sheet, upTo);

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> Read(long after) => journal.Read(after);

    /// <inheritdoc/>
    public IAsyncEnumerable<Entry> Tail(long after, CancellationToken cancellation) => journal.Tail(after, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<KeyValuePair<Cell, StreamId>> Claims() => journal.Claims();

    /// <inheritdoc/>
    public Task<IReadOnlyList<Deadline>> DueAt(DateTimeOffset instant, int limit) => journal.DueAt(instant, limit);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Deadline>> DeadlinesOf(StreamId stream) => journal.DeadlinesOf(stream);

    /// <inheritdoc/>
    public Task Clear(Deadline deadline) => journal.Clear(deadline);

    /// <inheritdoc/>
    public Task KeepPart(string content, int part, byte[] bytes, DateTimeOffset at) => Imports.KeepPart(content, part, bytes, at);

    /// <inheritdoc/>
    public Task<KeptImport> Accept(NewImport import) => Imports.Accept(import);

    /// <inheritdoc/>
    public Task<KeptImport?> FindImport(string id) => Imports.FindImport(id);

    /// <inheritdoc/>
    public Task<byte[]?> LoadPart(string content, int part) => Imports.LoadPart(content, part);

    /// <inheritdoc/>
    public Task<long?> BeginRun(string id) => Imports.BeginRun(id);

    /// <inheritdoc/>
    public Task EndRun(string id, long run, ImportEnd end) => Imports.EndRun(id, run, end);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Unfinished(int limit) => Imports.Unfinished(limit);

    /// <inheritdoc/>
    public Task Forget(DateTimeOffset before, int most) => Imports.Forget(before, most);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => journal.DisposeAsync();
}
