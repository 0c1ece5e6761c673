using Registry.Actors.Journal;
using Registry.Core.Titles;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    [ContractFact]
    public async Task A_journal_that_agrees_with_itself_verifies()
    {
        await FillWithLives();

        var report = await Verification.Run(Journal);

        Assert.Empty(report.Faults);
        Assert.Equal((7, 3, 5), (report.Entries, report.Objects, report.Claims));
    }

    [ContractFact]
    public async Task An_empty_journal_verifies()
    {
        var report = await Verification.Run(Journal);

        Assert.Empty(report.Faults);
        Assert.Equal((0, 0, 0), (report.Entries, report.Objects, report.Claims));
    }

    [ContractFact]
    public async Task A_journal_verifies_while_others_write()
    {
        await FillWithLives();
        var writer = new WriterMeanwhile(Journal, () => Commit(Filings.Apply("lb-late", 50, 51)));

        var report = await Verification.Run(writer);

        Assert.Empty(report.Faults);
        Assert.Equal((7, 4, 7), (report.Entries, report.Objects, report.Claims));
    }

    [ContractFact]
    public async Task A_claim_without_its_ground_and_ground_without_its_claim_are_found()
    {
        await Commit(Filings.Apply("lb-1", 1, 2) with { Claims = [Filings.Place(1), Filings.Place(3)] });

        var report = await Verification.Run(Journal);

        Assert.Equal(2, report.Faults.Count);
        Assert.Contains("not its to claim", report.Faults[0], StringComparison.Ordinal);
        Assert.Contains("claimed by nobody", report.Faults[1], StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task A_claim_of_one_who_is_not_first_in_line_is_found()
    {
        await Commit(Filings.Queue("lb-1", 1));
        await Commit(Filings.Apply("lb-2", 1));

        var fault = Assert.Single((await Verification.Run(Journal)).Faults);

        Assert.Contains("lb-1 is first in line", fault, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task A_state_that_its_entries_do_not_make_is_found()
    {
        await Commit(Filings.Apply("lb-1", 1) with { State = Filings.Apply("lb-2", 1).State });

        var fault = Assert.Single((await Verification.Run(Journal)).Faults);

        Assert.Contains("another state", fault, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task A_title_without_the_end_of_its_term_is_found()
    {
        var applied = Filings.Apply("lb-1", 1);
        await Commit(applied);
        await Commit(Filings.Next(Filings.StateOf(applied), 2, new Granted("1-EL", new(2026, 5, 14), new(2032, 5, 13))).Append);

        var fault = Assert.Single((await Verification.Run(Journal)).Faults);

        Assert.Contains("no deadline", fault, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task A_change_that_cannot_follow_the_one_before_it_is_found()
    {
        var applied = Filings.Apply("lb-1", 1);
        await Commit(applied);
        await Commit(applied with { Version = 2, Claims = [] });

        Assert.Contains("cannot be applied", Assert.Single((await Verification.Run(Journal)).Faults), StringComparison.Ordinal);
    }

    /// <summary>A title that gave up ground, one behind it in line, and one that passed its claim on when it was refused.</summary>
    private protected async Task FillWithLives()
    {
        var title = Filings.Apply("lb-1", 1, 2, 3, 4);
        var refused = Filings.Apply("lb-2", 8, 9);
        await Commit(title);
        await Commit(refused);
        await Commit(Filings.Queue("lb-3", 8, 9));
        var (granted, inForce) = Filings.Next(Filings.StateOf(title), 2, new Granted("1-EL", new(2026, 5, 14), new(2032, 5, 13)));
        await Commit(granted with { Deadlines = [new Deadline(title.Stream, DeadlineKind.Expire, Due)] });
        var (relinquished, _) = Filings.Next(inForce, 3, new Relinquished(Filings.Cells(4)));
        await Commit(relinquished with { Releases = [new ClaimEnd(Filings.Place(4), null)] });
        await Commit(Filings.Leave(Filings.StateOf(refused), 2, new Refused("no"), Filings.Stream("lb-3")));
        await Commit(Filings.Next(Filings.StateOf(Filings.Queue("lb-3", 8, 9)), 2, new Reconsidered(Filings.Cells(), false)).Append);
    }
}
