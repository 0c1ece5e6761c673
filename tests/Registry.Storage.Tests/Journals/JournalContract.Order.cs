using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Titles;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    [ContractFact]
    public async Task The_order_is_gap_free_and_chained_whoever_appends_at_once()
    {
        const int appenders = 64;
        const int each = 20;
        var stamps = await Task.WhenAll(Enumerable.Range(0, appenders).Select(async appender =>
        {
            var mine = new List<long>();
            for (var i = 0; i < each; i++)
                mine.Add((await Commit(Filings.Apply($"lb-{appender}-{i}", (appender * each) + i))).Last.Sequence);
            return mine;
        }));

        Assert.All(stamps, mine => Assert.Equal(mine.Order(), mine));
        Assert.Equal(Enumerable.Range(1, appenders * each).Select(i => (long)i), stamps.SelectMany(mine => mine).Order());
        var previous = new byte[32];
        var sequence = 0L;
        await foreach (var entry in Journal.Read(0))
        {
            Assert.Equal(++sequence, entry.Stamp.Sequence);
            Assert.Equal(previous, entry.Previous);
            Assert.Equal(Entry.HashOf(entry.Canonical), entry.Hash);
            previous = entry.Hash;
        }

        Assert.Equal(appenders * each, sequence);
    }

    [ContractFact]
    public async Task An_entry_is_read_back_as_it_was_appended()
    {
        var append = Filings.Apply("lb-1", 3, 4) with { By = new Caller("Ұлы \"registrar\"", Role.Registrar) };
        var committed = await Commit(append);

        var entry = Assert.Single(await Entries());

        Assert.Equal(committed.Last, entry.Stamp);
        Assert.Equal(append.Stream, entry.Stream);
        Assert.Equal(append.Version, entry.Version);
        Assert.Equal(append.By, entry.By);
        Assert.Equal(append.Event, entry.Event);
    }

    [ContractFact]
    public async Task An_object_is_loaded_as_its_last_change_left_it()
    {
        var applied = Filings.Apply("lb-1", 3, 4);
        var first = await Commit(applied);
        await Commit(Filings.Apply("lb-2", 9));
        Clock.Now = Clock.Now.AddDays(1);
        var (granted, _) = Filings.Next(Filings.StateOf(applied), 2, new Granted("1-EL", new(2026, 5, 15), new(2032, 5, 14)));
        var last = await Commit(granted);

        var stored = await Journal.Load(applied.Stream);

        Assert.NotNull(stored);
        Assert.Equal(applied.Stream, stored.Stream);
        Assert.Equal((2, first.Last, last.Last), (stored.Version, stored.First, stored.Last));
        Assert.Equal((first.First, last.Last), (last.First, StampAt(3, Clock.Now)));
        Assert.Equal(granted.State, stored.State);
        Assert.Null(await Journal.Load(Filings.Stream("lb-3")));
    }

    [ContractFact]
    public async Task The_history_of_an_object_is_its_own_entries_oldest_first()
    {
        var applied = Filings.Apply("lb-1", 3, 4);
        await Commit(applied);
        await Commit(Filings.Apply("lb-2", 9));
        await Commit(Filings.Leave(Filings.StateOf(applied), 2, new Withdrawn()));

        var history = await Journal.History(applied.Stream).ToListAsync();

        Assert.Equal([1L, 3L], history.Select(entry => entry.Stamp.Sequence));
        Assert.Equal([1L, 2L], history.Select(entry => entry.Version));
        Assert.Empty(await Journal.History(Filings.Stream("lb-3")).ToListAsync());
    }

    [ContractFact]
    public async Task Reading_after_a_sequence_leaves_out_what_stands_up_to_it()
    {
        await Task.WhenAll(Enumerable.Range(1, 600).Select(i => Commit(Filings.Apply($"lb-{i}", i))));

        Assert.Equal(Enumerable.Range(298, 303), (await Journal.Read(297).ToListAsync()).Select(entry => (int)entry.Stamp.Sequence));
        Assert.Empty(await Journal.Read(600).ToListAsync());
        Assert.Empty(await Journal.Read(5000).ToListAsync());
    }

    [ContractFact]
    public async Task Instants_never_go_back_when_the_clock_does()
    {
        var noon = Clock.Now;
        await Commit(Filings.Apply("lb-1", 1));
        Clock.Now = noon.AddHours(-1);
        var second = await Commit(Filings.Apply("lb-2", 2));
        Clock.Now = noon.AddTicks(19);
        var third = await Commit(Filings.Apply("lb-3", 3));

        Assert.Equal(StampAt(2, noon), second.Last);
        Assert.Equal(StampAt(3, noon.AddTicks(10)), third.Last);
        Assert.Equal(TimeSpan.Zero, third.Last.At.Offset);
        Assert.Equal([noon, noon, noon.AddTicks(10)], (await Entries()).Select(entry => entry.Stamp.At));
    }

    [ContractFact]
    public async Task A_version_that_is_not_the_next_is_taken()
    {
        var applied = Filings.Apply("lb-1", 3);
        await Commit(applied);

        foreach (var version in new long[] { 0, 1, 3 })
            Assert.IsType<VersionTaken>(await Journal.Append(Filings.Next(Filings.StateOf(applied), version, new Refused("no")).Append));

        Assert.Single(await Entries());
        Assert.Equal(applied.State, (await Journal.Load(applied.Stream))!.State);
    }

    [ContractFact]
    public async Task Of_many_that_make_the_same_version_at_once_one_commits()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(place => Journal.Append(Filings.Apply("lb-1", place))));

        Assert.Single(results.OfType<Committed>());
        Assert.Equal(63, results.OfType<VersionTaken>().Count());
        Assert.Single(await ClaimsByPlace());
    }
}
