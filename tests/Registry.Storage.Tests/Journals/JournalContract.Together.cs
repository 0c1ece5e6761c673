using Registry.Actors.Journal;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    [ContractFact]
    public async Task Entries_that_are_appended_together_stand_one_behind_the_other()
    {
        await Commit(Filings.Apply("lb-before", 1));

        var alone = Journal.Append(Filings.Apply("lb-meanwhile", 50));
        var result = await Journal.AppendAll([Filings.Apply("lb-1", 2, 3), Filings.Apply("lb-2", 4), Filings.Apply("lb-3", 5, 360)]);
        await alone;

        Assert.Null(result.Refused);
        var first = result.Committed[0].Last.Sequence;
        Assert.Equal([first, first + 1, first + 2], result.Committed.Select(committed => committed.Last.Sequence));
        Assert.Equal(
            ["lb-1", "lb-2", "lb-3"],
            (await Entries()).Where(entry => entry.Stamp.Sequence >= first).Take(3).Select(entry => entry.Stream.Id));
        Assert.Equal("lb-3", (await ClaimsByPlace())[5]);
    }

    [ContractFact]
    public async Task Of_entries_that_are_appended_together_none_is_written_when_one_cannot_be()
    {
        await Commit(Filings.Apply("lb-before", 4));
        await Journal.RaiseEpoch(Filings.M44);
        var used = new RequestKey("key", "print");
        await Commit(Filings.Apply("lb-keyed", 20) with { Key = used });

        var conflict = await Journal.AppendAll([Filings.Apply("lb-1", 2), Filings.Apply("lb-2", 4), Filings.Apply("lb-3", 5)]);
        var version = await Journal.AppendAll([Filings.Apply("lb-1", 2), Filings.Apply("lb-before", 6)]);
        var epoch = await Journal.AppendAll([Filings.Apply("lb-1", 2), Filings.Apply("lb-2", 3) with { Epochs = [new SheetEpoch(Filings.M44, 0)] }]);
        var key = await Journal.AppendAll([Filings.Apply("lb-1", 2) with { Key = new RequestKey("other", "print") }, Filings.Apply("lb-2", 3) with { Key = used }]);
        var eachOther = await Journal.AppendAll([Filings.Apply("lb-1", 2), Filings.Apply("lb-2", 2)]);

        Assert.Equal((1, new ClaimConflict(Filings.Place(4), Filings.Stream("lb-before"))), (conflict.Index, conflict.Refused));
        Assert.Equal((1, new VersionTaken()), (version.Index, version.Refused));
        Assert.Equal((1, new EpochPassed(new SheetEpoch(Filings.M44, 1))), (epoch.Index, epoch.Refused));
        Assert.Equal((1, typeof(KeyUsed)), (key.Index, key.Refused!.GetType()));
        Assert.Equal((1, new ClaimConflict(Filings.Place(2), Filings.Stream("lb-1"))), (eachOther.Index, eachOther.Refused));
        Assert.Equal(["lb-before", "lb-keyed"], (await Entries()).Select(entry => entry.Stream.Id));
        Assert.Null(await Journal.Load(Filings.Stream("lb-1")));
        Assert.Null(await Journal.FindAnswer("other"));
        Assert.Equal(new Dictionary<int, string> { [4] = "lb-before", [20] = "lb-keyed" }, await ClaimsByPlace());
    }

    [ContractFact]
    public async Task Appends_that_wait_with_ones_that_fail_together_commit()
    {
        await Commit(Filings.Apply("lb-before", 4));

        var work = Enumerable.Range(0, 20).Select(async at =>
        {
            var joint = Journal.AppendAll([Filings.Apply($"lb-a{at}", 100 + at), Filings.Apply($"lb-b{at}", 4)]);
            var alone = Journal.Append(Filings.Apply($"lb-c{at}", 200 + at));
            Assert.NotNull((await joint).Refused);
            Assert.IsType<Committed>(await alone);
        });
        await Task.WhenAll(work);

        Assert.Equal(21, (await Entries()).Count);
        Assert.All((await Entries()).Skip(1), entry => Assert.StartsWith("lb-c", entry.Stream.Id, StringComparison.Ordinal));
    }
}
