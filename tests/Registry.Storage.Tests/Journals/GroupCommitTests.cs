using Registry.Actors.Journal;

namespace Registry.Storage.Tests.Journals;

public sealed class GroupCommitTests : IDisposable
{
    private readonly Ledger _ledger = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly GroupCommit<Ledger.Transaction> _group;

    public GroupCommitTests() => _group = new GroupCommit<Ledger.Transaction>("test", _ledger.Begin, () => { }, most: 10);

    public void Dispose()
    {
        _gate.Set();
        _group.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _gate.Dispose();
    }

    [Fact]
    public async Task What_waits_together_commits_together_in_order_and_within_the_bound()
    {
        var (first, waiting) = await WaitBehindTheFirst(25);
        _gate.Set();

        await Task.WhenAll([first, .. waiting]);

        Assert.Equal([1, 10, 10, 5], _ledger.Batches.Select(batch => batch.Count));
        Assert.Equal(Enumerable.Range(0, 26), _ledger.Batches.SelectMany(batch => batch));
    }

    [Fact]
    public async Task Nobody_goes_on_before_the_commit()
    {
        _ledger.BeforeCommit = () => _gate.Wait();
        var piece = _group.Do(transaction => transaction.Write(1));
        await _ledger.Committing;

        Assert.False(piece.IsCompleted);
        _gate.Set();
        Assert.Equal(1, await piece);
    }

    [Fact]
    public async Task A_piece_that_throws_leaves_nothing_behind_and_the_others_alone()
    {
        var (_, waiting) = await WaitBehindTheFirst(4);
        var throwing = _group.Do<int>(transaction =>
        {
            transaction.Write(99);
            throw new ArgumentException("half done");
        });
        var after = _group.Do(transaction => transaction.Write(5));
        _gate.Set();

        await Assert.ThrowsAsync<ArgumentException>(() => throwing);
        await Task.WhenAll([.. waiting, after]);
        Assert.Equal([1, 2, 3, 4, 5], _ledger.Batches[1]);
    }

    [Fact]
    public async Task A_failed_commit_fails_its_whole_batch_and_the_next_one_begins_anew()
    {
        var (first, waiting) = await WaitBehindTheFirst(3);
        _ledger.BeforeCommit = () =>
        {
            if (_ledger.Batches.Count == 1)
            {
                _ledger.BeforeCommit = () => { };
                throw new JournalUnavailableException("disk full");
            }
        };
        _gate.Set();

        await first;
        foreach (var piece in waiting)
            await Assert.ThrowsAsync<JournalUnavailableException>(() => piece);
        Assert.Equal(1, _ledger.Abandoned);
        Assert.Equal(7, await _group.Do(transaction => transaction.Write(7)));
        Assert.Equal([[0], [7]], _ledger.Batches);
    }

    [Fact]
    public async Task What_the_storage_refuses_fails_alone_and_the_others_are_done_again_each_by_itself()
    {
        var (first, waiting) = await WaitBehindTheFirst(4);
        _ledger.Refused = 3;
        _gate.Set();

        await first;
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting[2]);
        await Task.WhenAll(waiting[0], waiting[1], waiting[3]);
        Assert.Equal([[0], [1], [2], [4]], _ledger.Batches);
        Assert.Equal(0, _ledger.Abandoned);
    }

    [Fact]
    public async Task The_whole_batch_is_announced_before_any_of_it_is_done()
    {
        var (_, waiting) = await WaitBehindTheFirst(1);
        var announced = 0;
        var seen = Enumerable.Range(0, 5).Select(_ => _group.Do(_ => announced, _ => announced++)).ToArray();
        _gate.Set();

        Assert.All(await Task.WhenAll(seen), count => Assert.Equal(5, count));
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_storage_that_does_not_open_fails_what_waits_and_is_tried_again()
    {
        _ledger.Broken = true;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _group.Do(transaction => transaction.Write(1)));

        _ledger.Broken = false;

        Assert.Equal(2, await _group.Do(transaction => transaction.Write(2)));
    }

    [Fact]
    public async Task Closing_does_what_was_taken_and_takes_no_more()
    {
        var (_, waiting) = await WaitBehindTheFirst(25);
        var closing = _group.DisposeAsync();
        var late = _group.Do(transaction => transaction.Write(100));
        _gate.Set();
        await closing;

        await Task.WhenAll(waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => late);
        Assert.DoesNotContain(100, _ledger.Batches.SelectMany(batch => batch));
    }

    private async Task<(Task First, Task[] Waiting)> WaitBehindTheFirst(int count)
    {
        var begun = new TaskCompletionSource();
        var first = _group.Do(transaction =>
        {
            begun.TrySetResult();
            _gate.Wait();
            return transaction.Write(0);
        });
        await begun.Task;
        return (first, [.. Enumerable.Range(1, count).Select(i => _group.Do(transaction => transaction.Write(i)))]);
    }

    private sealed class Ledger
    {
        private readonly TaskCompletionSource _committing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<List<int>> Batches { get; } = [];

        public Action BeforeCommit { get; set; } = () => { };

        public Task Committing => _committing.Task;

        public bool Broken { get; set; }

        public int? Refused { get; set; }

        public int Abandoned { get; private set; }

        public Transaction Begin() => Broken ? throw new IOException("no disk") : new Transaction(this);

        public sealed class Transaction(Ledger ledger) : IGroupTransaction
        {
            private readonly List<int> _written = [];

            public int Write(int value)
            {
                _written.Add(value);
                return value;
            }

            public void Commit()
            {
                ledger._committing.TrySetResult();
                ledger.BeforeCommit();
                if (ledger.Refused is { } refused && _written.Contains(refused))
                    throw new TransactionRefusedException(new IOException("a constraint"));
                ledger.Batches.Add(_written);
            }

            public void Rollback() => _written.Clear();

            public void Abandon() => ledger.Abandoned++;
        }
    }
}
