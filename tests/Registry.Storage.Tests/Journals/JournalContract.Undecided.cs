using Registry.Actors.Journal;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    private static readonly UndecidedChange s_one = new(null, "p-1", 3);

    [ContractFact]
    public async Task Of_applications_appended_at_once_as_many_commit_as_the_party_may_have()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Journal.Append(Filings.Apply($"lb-{i}", i) with { Undecided = s_one })));

        Assert.Equal(3, results.Count(result => result is Committed));
        Assert.Equal(37, results.Count(result => result is TooManyUndecided));
        Assert.Equal(3, (await Entries()).Count);
        await Commit(Filings.Apply("lb-other", 50) with { Undecided = s_one with { To = "p-2" } });
        await Commit(Filings.Apply("lb-unbound", 51) with { Undecided = s_one with { Most = null } });
        Assert.IsType<TooManyUndecided>(await Journal.Append(Filings.Apply("lb-late", 52) with { Undecided = s_one }));
    }

    [ContractFact]
    public async Task An_application_that_is_decided_makes_room_for_one_and_one_that_changes_hands_takes_it()
    {
        for (var i = 0; i < 3; i++)
            await Commit(Filings.Apply($"lb-{i}", i) with { Undecided = s_one });
        var decided = await Journal.Append(Filings.Next(Filings.StateOf(Filings.Apply("lb-0", 0)), 2, new Core.Titles.Withdrawn()).Append with
        {
            Undecided = new UndecidedChange("p-1", null, null),
        });
        Assert.IsType<Committed>(decided);

        await Commit(Filings.Apply("lb-3", 3) with { Undecided = s_one });
        Assert.IsType<TooManyUndecided>(await Journal.Append(Filings.Apply("lb-4", 4) with { Undecided = s_one }));
        await Commit(Filings.Apply("lb-5", 5) with { Undecided = new UndecidedChange("p-1", "p-2", 1) });
        await Commit(Filings.Apply("lb-6", 6) with { Undecided = s_one });
        Assert.IsType<TooManyUndecided>(await Journal.Append(Filings.Apply("lb-7", 7) with { Undecided = s_one with { To = "p-2", Most = 1 } }));
    }

    [ContractFact]
    public async Task What_is_refused_counts_for_nothing()
    {
        await Commit(Filings.Apply("lb-0", 0) with { Undecided = s_one });
        Assert.IsType<ClaimConflict>(await Journal.Append(Filings.Apply("lb-1", 0) with { Undecided = s_one }));
        var together = await Journal.AppendAll([.. Enumerable.Range(2, 3).Select(i => Filings.Apply($"lb-{i}", i) with { Undecided = s_one })]);

        Assert.Equal((2, new TooManyUndecided()), (together.Index, together.Refused));
        var fitting = await Journal.AppendAll([.. Enumerable.Range(2, 2).Select(i => Filings.Apply($"lb-{i}", i) with { Undecided = s_one })]);
        Assert.Null(fitting.Refused);
        Assert.IsType<TooManyUndecided>(await Journal.Append(Filings.Apply("lb-9", 9) with { Undecided = s_one }));
    }
}
