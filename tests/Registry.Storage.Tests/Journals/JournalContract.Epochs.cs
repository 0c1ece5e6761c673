using Registry.Actors.Journal;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    [ContractFact]
    public async Task A_sheet_never_raised_is_in_epoch_zero_and_each_raise_is_one_more()
    {
        await Commit(Filings.Apply("lb-1", 1) with { Epochs = [new SheetEpoch(Filings.M44, 0)] });

        Assert.Equal(1, await Journal.RaiseEpoch(Filings.M44));
        Assert.Equal(2, await Journal.RaiseEpoch(Filings.M44));
        Assert.Equal(1, await Journal.RaiseEpoch(Filings.M45));
    }

    [ContractFact]
    public async Task The_epoch_of_a_sheet_is_the_one_that_was_begun_last()
    {
        Assert.Equal(0, await Journal.EpochOf(Filings.M44));
        await Journal.RaiseEpoch(Filings.M44);
        await Journal.RaiseEpoch(Filings.M44);

        Assert.Equal(2, await Journal.EpochOf(Filings.M44));
        Assert.Equal(0, await Journal.EpochOf(Filings.M45));
    }

    [ContractFact]
    public async Task An_append_that_relies_on_a_passed_epoch_never_commits()
    {
        await Journal.RaiseEpoch(Filings.M44);
        await Journal.RaiseEpoch(Filings.M45);
        var append = Filings.Apply("lb-1", 1) with { Epochs = [new SheetEpoch(Filings.M44, 1), new SheetEpoch(Filings.M45, 1)] };
        await Journal.RaiseEpoch(Filings.M45);

        Assert.Equal(new EpochPassed(new SheetEpoch(Filings.M45, 2)), await Journal.Append(append));
        Assert.Empty(await Entries());
        await Commit(append with { Epochs = [new SheetEpoch(Filings.M44, 1), new SheetEpoch(Filings.M45, 2)] });
    }

    [ContractFact]
    public async Task An_append_of_an_epoch_to_come_does_not_commit_either()
    {
        var result = await Journal.Append(Filings.Apply("lb-1", 1) with { Epochs = [new SheetEpoch(Filings.M44, 1)] });

        Assert.Equal(new EpochPassed(new SheetEpoch(Filings.M44, 0)), result);
    }

    [ContractFact]
    public async Task What_committed_before_a_raise_is_seen_by_the_load_after_it_and_nothing_later_commits()
    {
        // Sixty-four rely on epoch 0 while it is raised; whichever way they fall, the load that follows the raise sees all that committed.
        var appends = Enumerable.Range(0, 32).Select(i => Journal.Append(Relying(i))).ToList();
        var raised = Journal.RaiseEpoch(Filings.M44);
        appends.AddRange(Enumerable.Range(32, 32).Select(i => Journal.Append(Relying(i))));
        await raised;
        var seen = await Journal.LoadSheet(Filings.M44).Select(stored => stored.Stream).ToListAsync();

        var results = await Task.WhenAll(appends);

        Assert.Equal(results.Count(result => result is Committed), seen.Count);
        Assert.All(results, result => Assert.True(result is Committed or EpochPassed { Sheet.Epoch: 1 }));
        Assert.All(results[32..], result => Assert.IsType<EpochPassed>(result));

        static Append Relying(int i) => Filings.Apply($"lb-{i}", i) with { Epochs = [new SheetEpoch(Filings.M44, 0)] };
    }
}
