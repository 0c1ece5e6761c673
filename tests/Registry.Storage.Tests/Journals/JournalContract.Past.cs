using Registry.Actors.Journal;
using Registry.Core.Titles;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    [ContractFact]
    public async Task The_cut_of_an_instant_is_the_last_entry_that_is_not_stamped_later()
    {
        var start = Clock.Now;
        await Commit(Filings.Apply("lb-1", 1));
        await Commit(Filings.Apply("lb-2", 2));
        Clock.Now += TimeSpan.FromHours(1);
        await Commit(Filings.Apply("lb-3", 3));
        Clock.Now += TimeSpan.FromHours(1);

        Assert.Equal(0, await Journal.CutAt(start - Microsecond));
        Assert.Equal(2, await Journal.CutAt(start));
        Assert.Equal(2, await Journal.CutAt(start + TimeSpan.FromHours(1) - Microsecond));
        Assert.Equal(3, await Journal.CutAt(start + TimeSpan.FromHours(1)));
        Assert.Equal(3, await Journal.CutAt(Clock.Now));
        Assert.Equal(0, await Journal.CutAt(DateTimeOffset.MinValue));
    }

    [ContractFact]
    public async Task An_instant_that_has_not_come_has_no_cut_and_seals_nothing()
    {
        await Commit(Filings.Apply("lb-1", 1));

        Assert.Null(await Journal.CutAt(Clock.Now + Microsecond));
        Assert.Null(await Journal.CutAt(DateTimeOffset.MaxValue));

        Assert.Equal(Clock.Now, (await Commit(Filings.Apply("lb-2", 2))).Last.At);
    }

    [ContractFact]
    public async Task What_another_clock_has_come_to_has_a_cut_for_a_clock_that_is_behind()
    {
        await Commit(Filings.Apply("lb-1", 1));
        var (stamped, later) = (Clock.Now, Clock.Now + TimeSpan.FromSeconds(2));
        Clock.Now -= TimeSpan.FromSeconds(1);

        Assert.Equal(1, await Journal.CutAt(stamped));
        Assert.Null(await Journal.CutAt(stamped + Microsecond));
        Assert.Equal(stamped + Microsecond, (await Commit(Filings.Apply("lb-2", 2))).Last.At);

        Clock.Now = later;
        Assert.Equal(2, await Journal.CutAt(later));
        Clock.Now -= TimeSpan.FromSeconds(1);
        Assert.Equal(2, await Journal.CutAt(later));
    }

    [ContractFact]
    public async Task What_commits_after_a_cut_was_told_is_stamped_after_its_instant()
    {
        await Commit(Filings.Apply("lb-1", 1));
        Clock.Now += TimeSpan.FromSeconds(1);
        var asked = Clock.Now;

        Assert.Equal(1, await Journal.CutAt(asked));
        Clock.Now -= TimeSpan.FromMilliseconds(500);
        var next = await Commit(Filings.Apply("lb-2", 2));

        Assert.Equal(asked + Microsecond, next.Last.At);
        Clock.Now = asked + TimeSpan.FromSeconds(1);
        Assert.Equal(1, await Journal.CutAt(asked));
        Assert.Equal(2, await Journal.CutAt(Clock.Now));
    }

    [ContractFact]
    public async Task A_cut_stays_what_it_was_while_many_append()
    {
        using var many = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 40; i++)
                await Commit(Filings.Apply($"lb-{writer}-{i}", (writer * 40) + i));
        }).ToArray();
        var told = new List<(DateTimeOffset Instant, long? Cut)>();
        while (!writers.All(writer => writer.IsCompleted))
        {
            told.Add((Clock.Now, await Journal.CutAt(Clock.Now)));
            Clock.Now += TimeSpan.FromMilliseconds(1);
            await Task.Yield();
        }

        await Task.WhenAll(writers);
        var entries = await Entries();
        foreach (var (instant, cut) in told)
        {
            Assert.Equal(cut, await Journal.CutAt(instant));
            Assert.Equal(cut, entries.FindLast(entry => entry.Stamp.At <= instant)?.Stamp.Sequence ?? 0);
        }
    }

    [ContractFact]
    public async Task The_history_of_a_sheet_has_whole_objects_in_the_order_of_registration_up_to_a_sequence()
    {
        var first = Filings.Apply("lb-b", 359, 360);
        await Commit(first);
        await Commit(Filings.Apply("lb-c", 400));
        await Commit(Filings.Apply("lb-a", 3));
        await Commit(Filings.Next(Filings.StateOf(first), 2, new Granted("KZ-1", new(2026, 1, 1), new(2032, 1, 1))).Append);

        Assert.Equal([("lb-b", 1L), ("lb-b", 2L), ("lb-a", 1L)], await HistoryOf(Filings.M44, 4));
        Assert.Equal([("lb-b", 1L), ("lb-a", 1L)], await HistoryOf(Filings.M44, 3));
        Assert.Equal([("lb-b", 1L), ("lb-c", 1L)], await HistoryOf(Filings.M45, 3));
        Assert.Empty(await HistoryOf(Filings.M44, 0));
    }

    [ContractFact]
    public async Task The_history_of_a_sheet_has_the_objects_that_left_it()
    {
        var applied = Filings.Apply("lb-1", 359, 360);
        await Commit(applied);
        var gone = Filings.Cells(359);
        var (relinquished, state) = Filings.Next(Filings.StateOf(applied), 2, new Relinquished(gone));
        await Commit(relinquished with { Releases = [new ClaimEnd(gone[0], null)] });
        await Commit(Filings.Next(state, 3, new Surrendered()).Append with { Sheets = [] });

        Assert.Equal([("lb-1", 1L), ("lb-1", 2L), ("lb-1", 3L)], await HistoryOf(Filings.M44, 3));
        Assert.Equal([("lb-1", 1L), ("lb-1", 2L), ("lb-1", 3L)], await HistoryOf(Filings.M45, 3));
    }

    private async Task<List<(string Id, long Version)>> HistoryOf(Core.Ground.SheetId sheet, long upTo) =>
        await Journal.SheetHistory(sheet, upTo).Select(entry => (entry.Stream.Id, entry.Version)).ToListAsync();
}
