using System.Runtime.CompilerServices;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Simulation.Faults;
using Registry.Simulation.Running;
using Registry.Testing;

namespace Registry.Simulation.Hosting;

/// <summary>An append that committed, and when.</summary>
/// <param name="Append">What was appended.</param>
/// <param name="Sequence">Its place.</param>
/// <param name="Step">The step of the run.</param>
internal sealed record WitnessedCommit(Append Append, long Sequence, long Step);

/// <summary>
/// The journal as actors see it over a network: each call reaches the storage later and is answered later still; the storage may
/// fail before it did anything, or after. What is on its way stays on its way when its sender crashes.
/// </summary>
internal sealed class SimulatedJournal(Simulator simulator, FaultPlan faults, IJournal storage) : ForwardedJournal(storage)
{
    private readonly List<WitnessedCommit> _commits = [];

    /// <summary>What committed, in order.</summary>
    public IReadOnlyList<WitnessedCommit> Commits => _commits;

    /// <inheritdoc/>
    public override Task<AppendResult> Append(Append append) => Send(() => Write(append));

    /// <inheritdoc/>
    public override Task<JointResult> AppendAll(IReadOnlyList<Append> appends) => Send(() => Write(appends));

    private Task<TResult> Send<TResult>(Func<Task<TResult>> write)
    {
        var answer = new TaskCompletionSource<TResult>();
        if (faults.Strikes(Fault.AppendFailed))
        {
            Fail(answer, "FAULT an append fails");
        }
        else if (faults.Strikes(Fault.AppendAnswerLost))
        {
            simulator.After(Latency(), "FAULT an append reaches the storage and its answer is lost", () =>
            {
                write();
                Fail(answer, "a sender hears that the storage failed");
            });
        }
        else if (faults.Strikes(Fault.AppendLate))
        {
            Fail(answer, "FAULT the sender of an append stops to wait");
            simulator.After(Long(), "a late append reaches the storage", () => write());
        }
        else
        {
            var latency = faults.Strikes(Fault.AppendSlow) ? Long() : Latency();
            simulator.After(latency, "an append reaches the storage", () =>
            {
                var written = write();
                simulator.After(Latency(), "the storage answers", () => Pass(written, answer));
            });
        }

        return answer.Task;
    }

    /// <inheritdoc/>
    public override Task<long> RaiseEpoch(SheetId sheet)
    {
        var isLost = faults.Strikes(Fault.RaiseAnswerLost);
        return Ask(() => Journal.RaiseEpoch(sheet), faults.Strikes(Fault.RaiseFailed), isLost);
    }

    /// <inheritdoc/>
    public override Task<long> EpochOf(SheetId sheet) => Read(() => Journal.EpochOf(sheet));

    /// <inheritdoc/>
    public override Task<StoredObject?> Load(StreamId stream) => Read(() => Journal.Load(stream));

    /// <inheritdoc/>
    public override Task<KeptAnswer?> FindAnswer(string keyId) => Read(() => Journal.FindAnswer(keyId));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<Deadline>> DueAt(DateTimeOffset instant, int limit) => Read(() => Journal.DueAt(instant, limit));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<Deadline>> DeadlinesOf(StreamId stream) => Read(() => Journal.DeadlinesOf(stream));

    /// <inheritdoc/>
    public override Task Clear(Deadline deadline) => Read(async () =>
    {
        await Journal.Clear(deadline);
        return true;
    });

    /// <inheritdoc/>
    public override Task KeepPart(string content, int part, byte[] bytes, DateTimeOffset at) => Read(async () =>
    {
        await Journal.KeepPart(content, part, bytes, at);
        return true;
    });

    /// <inheritdoc/>
    public override Task<KeptImport> Accept(NewImport import) => Change(() => Journal.Accept(import));

    /// <inheritdoc/>
    public override Task<KeptImport?> FindImport(string id) => Read(() => Journal.FindImport(id));

    /// <inheritdoc/>
    public override Task<byte[]?> LoadPart(string content, int part) => Read(() => Journal.LoadPart(content, part));

    /// <inheritdoc/>
    public override Task<long?> BeginRun(string id) => Change(() => Journal.BeginRun(id));

    /// <inheritdoc/>
    public override Task EndRun(string id, long run, ImportEnd end) => Change(async () =>
    {
        await Journal.EndRun(id, run, end);
        return true;
    });

    /// <inheritdoc/>
    public override Task<IReadOnlyList<string>> Unfinished(int limit) => Read(() => Journal.Unfinished(limit));

    /// <inheritdoc/>
    public override Task Forget(DateTimeOffset before, int most) => Read(async () =>
    {
        await Journal.Forget(before, most);
        return true;
    });

    /// <inheritdoc/>
    public override IAsyncEnumerable<StoredObject> LoadSheet(SheetId sheet) => Snapshot(() => Journal.LoadSheet(sheet));

    /// <inheritdoc/>
    public override IAsyncEnumerable<StoredObject> LoadAll(Collection collection) => Snapshot(() => Journal.LoadAll(collection));

    /// <inheritdoc/>
    public override Task<long> Newest() => Read(Journal.Newest);

    /// <inheritdoc/>
    public override IAsyncEnumerable<Entry> History(StreamId stream) => Snapshot(() => Journal.History(stream));

    /// <inheritdoc/>
    public override Task<long?> CutAt(DateTimeOffset instant) => Read(() => Journal.CutAt(instant));

    /// <inheritdoc/>
    public override IAsyncEnumerable<Entry> SheetHistory(SheetId sheet, long upTo) => Snapshot(() => Journal.SheetHistory(sheet, upTo));

    /// <inheritdoc/>
    public override IAsyncEnumerable<Entry> Read(long after) => Snapshot(() => Journal.Read(after));

    /// <inheritdoc/>
    public override IAsyncEnumerable<KeyValuePair<Cell, StreamId>> Claims() => Snapshot(Journal.Claims);

    /// <inheritdoc/>
    public override IAsyncEnumerable<Entry> Tail(long after, CancellationToken cancellation) =>
        throw new NotSupportedException("No actor tails the journal.");

    private Task<AppendResult> Write(Append append)
    {
        var written = Journal.Append(append);
        if (written is { IsCompletedSuccessfully: true, Result: Committed committed })
            _commits.Add(new WitnessedCommit(append, committed.Last.Sequence, simulator.Steps));
        if (written.IsFaulted)
            simulator.Broken.Add($"The journal could not take version {append.Version} of {append.Stream}: {written.Exception.InnerException}");
        simulator.Trace.Note(() => $"journal: {append.By.Name} appends version {append.Version} of {append.Stream} relying on {string.Join(' ', append.Epochs.Select(epoch => $"{epoch.Sheet}@{epoch.Epoch}"))}: {Name(written)}");
        return written;
    }

    private Task<JointResult> Write(IReadOnlyList<Append> appends)
    {
        var written = Journal.AppendAll(appends);
        if (written.IsFaulted)
            simulator.Broken.Add($"The journal could not take {appends.Count} entries together: {written.Exception.InnerException}");
        else
            _commits.AddRange(written.Result.Committed.Select((committed, at) => new WitnessedCommit(appends[at], committed.Last.Sequence, simulator.Steps)));
        simulator.Trace.Note(() => $"journal: {appends[0].By.Name} appends {string.Join(' ', appends.Select(append => append.Stream))} together relying on {string.Join(' ', appends[0].Epochs.Select(epoch => $"{epoch.Sheet}@{epoch.Epoch}"))}: {(written.IsFaulted ? "refused" : written.Result.Refused is { } refused ? refused.GetType().Name : $"committed from {written.Result.Committed[0].Last.Sequence}")}");
        return written;
    }

    private static string Name(Task<AppendResult> written) => written.IsFaulted ? "refused" : written.Result switch
    {
        Committed committed => $"committed as {committed.Last.Sequence}",
        var other => other.GetType().Name,
    };

    private Task<T> Read<T>(Func<Task<T>> read) => Ask(read, faults.Strikes(Fault.LoadFailed), isAnswerLost: false);

    private Task<T> Change<T>(Func<Task<T>> change)
    {
        var isLost = faults.Strikes(Fault.AppendAnswerLost);
        return Ask(change, faults.Strikes(Fault.AppendFailed), isLost);
    }

    private async IAsyncEnumerable<T> Snapshot<T>(Func<IAsyncEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // The storage's own enumeration is a snapshot of the step in which it was asked for.
        await foreach (var item in (await Read(() => Task.FromResult(read()))).WithCancellation(cancellation))
            yield return item;
    }

    private Task<T> Ask<T>(Func<Task<T>> ask, bool isFailed, bool isAnswerLost)
    {
        var answer = new TaskCompletionSource<T>();
        if (isFailed)
        {
            Fail(answer, "FAULT the storage fails");
        }
        else
        {
            simulator.After(Latency(), "the storage is asked", () =>
            {
                var asked = ask();
                if (isAnswerLost)
                    Fail(answer, "FAULT an answer of the storage is lost");
                else
                    simulator.After(Latency(), "the storage answers", () => Pass(asked, answer));
            });
        }

        return answer.Task;
    }

    private void Fail<T>(TaskCompletionSource<T> answer, string what) => simulator.After(
        simulator.Choices.Between(TimeSpan.Zero, TimeSpan.FromSeconds(2)), what,
        () => answer.TrySetException(new JournalUnavailableException("The storage did not answer.")));

    private static void Pass<T>(Task<T> ended, TaskCompletionSource<T> answer)
    {
        if (ended.IsFaulted)
            answer.TrySetException(ended.Exception.InnerExceptions);
        else
            answer.TrySetResult(ended.Result);
    }

    private TimeSpan Latency() =>
        simulator.Choices.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(simulator.Choices.Below(8) == 0 ? 50 : 3));

    private TimeSpan Long() => simulator.Choices.Between(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(40));
}
