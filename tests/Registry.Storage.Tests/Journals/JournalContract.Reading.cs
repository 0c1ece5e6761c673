using Registry.Actors.Journal;
using Registry.Core.Titles;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    [ContractFact]
    public async Task A_sheet_holds_what_lies_on_it_in_the_order_of_registration()
    {
        await Commit(Filings.Apply("lb-b", 359, 360));
        await Commit(Filings.Apply("lb-c", 400));
        await Commit(Filings.Apply("lb-a", 3));

        Assert.Equal(["lb-b", "lb-a"], await On(Filings.M44));
        Assert.Equal(["lb-b", "lb-c"], await On(Filings.M45));
    }

    [ContractFact]
    public async Task An_object_leaves_a_sheet_that_its_change_no_longer_names_and_enters_the_new_ones()
    {
        var applied = Filings.Apply("lb-1", 359, 360);
        await Commit(applied);
        var gone = Filings.Cells(359);
        var (relinquished, state) = Filings.Next(Filings.StateOf(applied), 2, new Relinquished(gone));
        await Commit(relinquished with { Releases = [new ClaimEnd(gone[0], null)] });

        Assert.Empty(await On(Filings.M44));
        Assert.Equal(["lb-1"], await On(Filings.M45));
        await Commit(Filings.Next(state, 3, new Refused("no")).Append with { Sheets = [Filings.M44] });
        Assert.Equal(["lb-1"], await On(Filings.M44));
        Assert.Empty(await On(Filings.M45));
    }

    [ContractFact]
    public async Task A_collection_is_loaded_in_the_order_of_registration()
    {
        await Commit(Filings.Apply("lb-b", 3));
        await Commit(Filings.Apply("lb-a", 4) with
        {
            Stream = new StreamId(Collection.Deposits, "lb-b"),
            Event = """{"type":"registered"}"""u8.ToArray(),
            Sheets = [],
            Claims = [],
        });
        await Commit(Filings.Apply("lb-a", 4));

        Assert.Equal(
            [Filings.Stream("lb-b"), Filings.Stream("lb-a")],
            await Journal.LoadAll(Collection.LicenseBlocks).Select(stored => stored.Stream).ToListAsync());
        Assert.Equal(2, Assert.Single(await Journal.LoadAll(Collection.Deposits).ToListAsync()).First.Sequence);
        Assert.Empty(await Journal.LoadAll(Collection.Areas).ToListAsync());
    }

    [ContractFact]
    public async Task The_newest_entry_is_the_last_that_committed()
    {
        Assert.Equal(0, await Journal.Newest());
        var first = await Commit(Filings.Apply("lb-1", 1));
        Assert.Equal(first.Last.Sequence, await Journal.Newest());
        await Commit(Filings.Apply("lb-2", 2));
        Assert.IsType<ClaimConflict>(await Journal.Append(Filings.Apply("lb-3", 2)));
        Assert.Equal(2, await Journal.Newest());
    }

    [ContractFact]
    public async Task A_load_sees_one_instant_while_appends_go_on()
    {
        var applied = Filings.Apply("lb-1", 1);
        await Commit(applied);
        await Commit(Filings.Apply("lb-2", 2));

        await using var loading = Journal.LoadSheet(Filings.M44).GetAsyncEnumerator();
        Assert.True(await loading.MoveNextAsync());
        await Commit(Filings.Apply("lb-3", 3));
        Assert.True(await loading.MoveNextAsync());

        Assert.Equal("lb-2", loading.Current.Stream.Id);
        Assert.False(await loading.MoveNextAsync());
        Assert.Equal(3, (await On(Filings.M44)).Count);
    }

    [ContractFact]
    public async Task Tailing_gives_every_entry_once_in_order_while_many_append()
    {
        const int most = 1_000;
        using var stop = new CancellationTokenSource();
        var tails = Enumerable.Range(0, 3).Select(after => TailUntil(after * 10, most, stop.Token)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async appender =>
        {
            for (var i = 0; i < most / 50; i++)
                await Commit(Filings.Apply($"lb-{appender}-{i}", (appender * 20) + i));
        }));

        for (var i = 0; i < tails.Length; i++)
            Assert.Equal(Enumerable.Range((i * 10) + 1, most - (i * 10)).Select(s => (long)s), await tails[i]);
    }

    [ContractFact]
    public async Task Tailing_ends_when_cancelled_and_when_the_journal_closes()
    {
        await Commit(Filings.Apply("lb-1", 1));
        using var stop = new CancellationTokenSource();
        await using var cancelled = Journal.Tail(0, stop.Token).GetAsyncEnumerator();
        await using var closed = Journal.Tail(0, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await cancelled.MoveNextAsync());
        Assert.True(await closed.MoveNextAsync());
        var waitsForCancel = cancelled.MoveNextAsync();
        var waitsForClose = closed.MoveNextAsync();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waitsForCancel);
        await Journal.DisposeAsync();
        Assert.False(await waitsForClose);
    }

    private async Task<List<string>> On(Core.Ground.SheetId sheet) =>
        await Journal.LoadSheet(sheet).Select(stored => stored.Stream.Id).ToListAsync();

    private async Task<List<long>> TailUntil(long after, long last, CancellationToken stop)
    {
        await Task.Yield();
        var seen = new List<long>();
        await foreach (var entry in Journal.Tail(after, stop))
        {
            seen.Add(entry.Stamp.Sequence);
            if (entry.Stamp.Sequence == last)
                break;
        }

        return seen;
    }
}
