using Registry.Actors.Journal;
using Registry.Core.Titles;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    private static readonly RequestKey Key = new("caller:key", "POST /license-blocks 1");

    [ContractFact]
    public async Task An_idempotency_key_has_one_effect_and_keeps_its_answer()
    {
        var append = Filings.Apply("lb-1", 3) with { Key = Key };

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Journal.Append(append)));

        var answer = new KeptAnswer(Key.Fingerprint, append.Stream, 1);
        Assert.Single(results.OfType<Committed>());
        Assert.Equal(15, results.Count(result => result is KeyUsed used && used.Answer == answer));
        Assert.Single(await Entries());
        Assert.Equal(answer, await Journal.FindAnswer(Key.Id));
        Assert.Null(await Journal.FindAnswer("another"));
    }

    [ContractFact]
    public async Task A_used_key_is_told_before_anything_else_that_is_wrong()
    {
        var applied = Filings.Apply("lb-1", 3) with { Key = Key };
        await Commit(applied);
        var (granted, _) = Filings.Next(Filings.StateOf(applied), 2, new Granted("1-EL", new(2026, 5, 15), new(2032, 5, 14)));
        await Commit(granted);

        var again = await Journal.Append(applied with
        {
            Key = Key with { Fingerprint = "POST /license-blocks 2" },
            Epochs = [new SheetEpoch(Filings.M44, 5)],
        });

        Assert.Equal(new KeyUsed(new KeptAnswer(Key.Fingerprint, applied.Stream, 1)), again);
    }

    [ContractFact]
    public async Task Epochs_are_checked_before_versions_and_versions_before_claims()
    {
        await Commit(Filings.Apply("lb-1", 3));
        var wrong = Filings.Apply("lb-1", 3) with { Epochs = [new SheetEpoch(Filings.M44, 5)] };

        Assert.IsType<EpochPassed>(await Journal.Append(wrong));
        Assert.IsType<VersionTaken>(await Journal.Append(wrong with { Epochs = [] }));
        Assert.IsType<ClaimConflict>(await Journal.Append(wrong with { Epochs = [], Version = 2 }));
    }

    [ContractFact]
    public async Task A_key_whose_append_failed_can_be_used()
    {
        await Commit(Filings.Apply("lb-1", 3));
        await Journal.Append(Filings.Apply("lb-2", 3) with { Key = Key });

        Assert.Null(await Journal.FindAnswer(Key.Id));
        await Commit(Filings.Apply("lb-2", 4) with { Key = Key });
    }
}
