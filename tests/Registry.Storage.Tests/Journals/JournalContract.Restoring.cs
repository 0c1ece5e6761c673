using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Actors.Restoring;
using Registry.Core;
using Registry.Core.Countries;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Parties;
using Registry.Core.Titles;
using Registry.Storage.InMemory;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    private static readonly Regime s_kazakhstan = Regimes.Find("kz")!;

    [ContractFact]
    public async Task What_was_lost_is_appended_again_with_all_that_was_committed_with_it()
    {
        await using var whole = await Life();
        var lost = await whole.Canonical(0, int.MaxValue);
        foreach (var kept in (int[])[3, 2])
        {
            // A journal that kept some of them goes on from there.
            var restorer = await EntryRestorer.Begin(Journal, s_kazakhstan);
            foreach (var canonical in lost.Skip((int)await Journal.Newest()).Take(kept))
                await restorer.Add(canonical, Nothing);
        }

        var rest = await EntryRestorer.Begin(Journal, s_kazakhstan);
        foreach (var canonical in lost.Skip((int)await Journal.Newest()))
            await rest.Add(canonical, Nothing);

        Assert.Equal((await whole.Frontier()).Root, (await PublicLog.Frontier()).Root);
        Assert.Equal(lost, await PublicLog.Canonical(0, int.MaxValue));
        Assert.Equal(await whole.Claims().ToListAsync(), await Journal.Claims().ToListAsync());
        Assert.Equal(await Stamps(whole), await Stamps(Journal));
        Assert.Equal((await whole.DeadlinesOf(Filings.Stream("lb-1"))).Single(), (await Journal.DeadlinesOf(Filings.Stream("lb-1"))).Single());
        Assert.Equal(7, await Journal.EpochOf(Filings.M44));
        Assert.Equal(SealedValue.Withheld, Filings.StateOf(new Append { Stream = default, Version = 0, Event = [], By = Filings.Tester, State = (await Journal.Load(Filings.Stream("lb-1")))!.State }).Holder.Name);
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    [ContractFact]
    public async Task An_entry_that_does_not_follow_the_newest_one_is_not_appended()
    {
        await using var whole = await Life();
        var lost = await whole.Canonical(0, int.MaxValue);
        var restorer = await EntryRestorer.Begin(Journal, s_kazakhstan);

        await Assert.ThrowsAsync<NotRestoredException>(() => restorer.Add(lost[1], Nothing));
        await Assert.ThrowsAsync<NotRestoredException>(() => restorer.Add("{}"u8.ToArray(), Nothing));
        Assert.Equal(0, await Journal.Newest());

        // Somebody else wrote since the loss.
        await restorer.Add(lost[0], Nothing);
        await Commit(Filings.Apply("lb-other", 300));
        var fault = await Assert.ThrowsAsync<NotRestoredException>(() => restorer.Add(lost[1], Nothing));
        Assert.Contains("the journal was written to meanwhile", fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, await Journal.Newest());
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    // Three applications, two in line; a grant, a withdrawal whose ground passes on, one that looks again, a relinquishment.
    private async Task<InMemoryJournal> Life()
    {
        var journal = new InMemoryJournal(Clock);
        while (await journal.EpochOf(Filings.M44) < 7)
            await journal.RaiseEpoch(Filings.M44);
        var party = new PartyState { Id = "p-1", Name = "Made-up Metals", Kind = PartyKind.Company, Country = "KZ" };
        await Do(new Append
        {
            Stream = new StreamId(Collection.Parties, party.Id),
            Version = 1,
            Event = JsonSerializer.SerializeToUtf8Bytes<PartyEvent>(new PartyRegistered(party), CoreJson.Default.PartyEvent),
            By = Filings.Tester,
            State = JsonSerializer.SerializeToUtf8Bytes(party, CoreJson.Default.PartyState),
        });
        var (one, two) = (Filings.Apply("lb-1", 0, 1, 2), Filings.Apply("lb-2", 10, 11));
        await Do(one with { Epochs = [new SheetEpoch(Filings.M44, 7)] });
        await Do(two);
        var three = Filings.Queue("lb-3", 11, 12);
        await Do(three with { Claims = Filings.Cells(12) });
        await Do(Filings.Queue("lb-4", 1, 2));
        var expires = new DateOnly(2032, 5, 31);
        var granted = Filings.Next(Filings.StateOf(one), 2, new Granted("1-EL", new DateOnly(2026, 6, 1), expires));
        await Do(granted.Append with { Deadlines = [new Deadline(Filings.Stream("lb-1"), DeadlineKind.Expire, s_kazakhstan.Calendar.StartOf(expires.AddDays(1)))] });
        var (left, _) = Filings.Next(Filings.StateOf(two), 2, new Withdrawn());
        await Do(left with
        {
            Releases = [new ClaimEnd(Filings.Place(10), null), new ClaimEnd(Filings.Place(11), Filings.Stream("lb-3"))],
        });
        await Do(Filings.Next(Filings.StateOf(three), 2, new Reconsidered(CellSet.Empty, Queued: false)).Append);
        var (relinquished, _) = Filings.Next(granted.State, 3, new Relinquished(Filings.Cells(2)));
        await Do(relinquished with { Releases = [new ClaimEnd(Filings.Place(2), Filings.Stream("lb-4"))] });
        return journal;

        async Task Do(Append append)
        {
            Clock.Now += TimeSpan.FromSeconds(1);
            Assert.IsType<Committed>(await journal.Append(append));
        }
    }

    private static byte[] Nothing(string hash) => throw new InvalidOperationException($"No entry of this life names an object: {hash}.");

    private static async Task<List<(StreamId, long, Stamp, Stamp)>> Stamps(IJournal journal)
    {
        var stamps = new List<(StreamId, long, Stamp, Stamp)>();
        foreach (var collection in Enum.GetValues<Collection>())
            stamps.AddRange(await journal.LoadAll(collection).Select(stored => (stored.Stream, stored.Version, stored.First, stored.Last)).ToListAsync());
        return stamps;
    }
}
