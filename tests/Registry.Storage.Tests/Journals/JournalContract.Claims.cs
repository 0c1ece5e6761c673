using Registry.Actors.Journal;
using Registry.Core.Titles;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    [ContractFact]
    public async Task A_cell_is_claimed_by_one_and_the_others_learn_by_whom()
    {
        await Commit(Filings.Apply("lb-1", 3, 4));

        var result = await Journal.Append(Filings.Apply("lb-2", 4, 5));

        Assert.Equal(new ClaimConflict(Filings.Place(4), Filings.Stream("lb-1")), result);
        Assert.Null(await Journal.Load(Filings.Stream("lb-2")));
        Assert.Equal(new Dictionary<int, string> { [3] = "lb-1", [4] = "lb-1" }, await ClaimsByPlace());
    }

    [ContractFact]
    public async Task Appends_that_wait_together_fail_alone()
    {
        await Commit(Filings.Apply("lb-first", 7));

        var appends = Enumerable.Range(0, 50).Select(place => Filings.Apply($"lb-{place}", place, 100 + place)).ToArray();
        var results = await Task.WhenAll(appends.Select(Journal.Append));

        Assert.Equal(new ClaimConflict(Filings.Place(7), Filings.Stream("lb-first")), Assert.Single(results, r => r is not Committed));
        Assert.Equal(1 + (2 * 49), (await ClaimsByPlace()).Count);
        Assert.Equal(50, (await Entries()).Count);
        Assert.DoesNotContain(107, (await ClaimsByPlace()).Keys);
    }

    [ContractFact]
    public async Task Of_many_that_claim_a_cell_at_once_one_commits_and_the_others_learn_by_whom()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Journal.Append(Filings.Apply($"lb-{i}", 3, 4 + i))));

        var winner = Assert.Single(await Entries()).Stream;
        Assert.Equal(63, results.Count(result => result is ClaimConflict conflict && conflict.Claimant == winner));
    }

    [ContractFact]
    public async Task A_released_cell_falls_free()
    {
        var applied = Filings.Apply("lb-1", 3, 4);
        await Commit(applied);
        await Commit(Filings.Leave(Filings.StateOf(applied), 2, new Withdrawn()));

        Assert.Empty(await ClaimsByPlace());
        await Commit(Filings.Apply("lb-2", 4));
        Assert.Equal("lb-2", Assert.Single(await ClaimsByPlace()).Value);
    }

    [ContractFact]
    public async Task A_claim_passes_to_the_next_in_line()
    {
        var applied = Filings.Apply("lb-1", 3, 4);
        await Commit(applied);
        await Commit(Filings.Queue("lb-2", 3, 4));
        var leave = Filings.Leave(Filings.StateOf(applied), 2, new Refused("no"));

        await Commit(leave with { Releases = [leave.Releases[0] with { PassesTo = Filings.Stream("lb-2") }, leave.Releases[1]] });

        Assert.Equal(new Dictionary<int, string> { [3] = "lb-2" }, await ClaimsByPlace());
    }

    [ContractFact]
    public async Task A_claim_does_not_pass_to_what_was_never_registered()
    {
        var applied = Filings.Apply("lb-1", 3);
        await Commit(applied);

        var leave = Filings.Leave(Filings.StateOf(applied), 2, new Withdrawn(), Filings.Stream("lb-2"));
        var together = Journal.Append(Filings.Apply("lb-3", 8));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Journal.Append(leave));
        Assert.IsType<Committed>(await together);
        Assert.Equal(new Dictionary<int, string> { [3] = "lb-1", [8] = "lb-3" }, await ClaimsByPlace());
        Assert.Equal(2, (await Entries()).Count);
    }

    [ContractFact]
    public async Task Only_the_claimant_releases_a_cell()
    {
        await Commit(Filings.Apply("lb-1", 3));
        var other = Filings.Apply("lb-2", 9);
        await Commit(other);
        var (refused, _) = Filings.Next(Filings.StateOf(other), 2, new Refused("no"));

        var anothers = await Journal.Append(refused with { Releases = [new ClaimEnd(Filings.Place(9), null), new ClaimEnd(Filings.Place(3), null)] });
        var nobodys = await Journal.Append(refused with { Releases = [new ClaimEnd(Filings.Place(5), null)] });
        var twice = await Journal.Append(refused with { Releases = [new ClaimEnd(Filings.Place(9), null), new ClaimEnd(Filings.Place(9), null)] });

        Assert.Equal(new ClaimConflict(Filings.Place(3), Filings.Stream("lb-1")), anothers);
        Assert.Equal(new ClaimConflict(Filings.Place(5), null), nobodys);
        Assert.Equal(new ClaimConflict(Filings.Place(9), null), twice);
        Assert.Equal(new Dictionary<int, string> { [3] = "lb-1", [9] = "lb-2" }, await ClaimsByPlace());
    }

    [ContractFact]
    public async Task A_cell_is_not_claimed_twice_by_the_same()
    {
        var applied = Filings.Apply("lb-1", 3);

        var twice = await Journal.Append(applied with { Claims = [Filings.Place(3), Filings.Place(4), Filings.Place(3)] });
        await Commit(applied);
        var again = await Journal.Append(
            Filings.Next(Filings.StateOf(applied), 2, new Refused("no")).Append with { Claims = [Filings.Place(3)] });

        var conflict = new ClaimConflict(Filings.Place(3), applied.Stream);
        Assert.Equal(conflict, twice);
        Assert.Equal(conflict, again);
        Assert.Single(await Entries());
    }

    [ContractFact]
    public async Task Claims_are_read_in_the_order_of_cells()
    {
        await Commit(Filings.Apply("lb-1", 90, 5, 700));
        await Commit(Filings.Apply("lb-2", 4, 89));

        var cells = await Journal.Claims().Select(claim => claim.Key).ToListAsync();

        Assert.Equal(Filings.Cells(4, 5, 89, 90, 700), cells);
    }
}
