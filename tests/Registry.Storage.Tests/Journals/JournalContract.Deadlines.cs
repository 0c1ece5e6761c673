using Registry.Actors.Journal;
using Registry.Core.Titles;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    private static readonly DateTimeOffset Due = new(2032, 5, 14, 0, 0, 0, TimeSpan.Zero);

    [ContractFact]
    public async Task Deadlines_fall_due_earliest_first_and_not_before_their_instant()
    {
        await Commit(WithDeadlines("lb-1", 1, Due.AddDays(2)));
        await Commit(WithDeadlines("lb-2", 2, Due, Due.AddDays(1)));
        await Commit(WithDeadlines("lb-3", 3, Due.AddYears(1)));

        Assert.Empty(await Journal.DueAt(Due.AddTicks(-1), 10));
        Assert.Equal(
            [("lb-2", Due), ("lb-2", Due.AddDays(1)), ("lb-1", Due.AddDays(2))],
            (await Journal.DueAt(Due.AddDays(2), 10)).Select(d => (d.Stream.Id, d.At)));
        Assert.Equal(2, (await Journal.DueAt(Due.AddYears(9), 2)).Count);
        Assert.Equal(
            [new Deadline(Filings.Stream("lb-2"), DeadlineKind.Expire, Due), new Deadline(Filings.Stream("lb-2"), DeadlineKind.Expire, Due.AddDays(1))],
            await Journal.DeadlinesOf(Filings.Stream("lb-2")));
    }

    [ContractFact]
    public async Task The_change_that_answers_a_deadline_clears_it()
    {
        var applied = WithDeadlines("lb-1", 1, Due, Due.AddDays(1));
        await Commit(applied);
        var expired = Filings.Leave(Filings.StateOf(applied), 2, new Expired()) with { Answers = applied.Deadlines[0] };

        await Commit(expired);

        Assert.Equal([applied.Deadlines[1]], await Journal.DeadlinesOf(applied.Stream));
    }

    [ContractFact]
    public async Task A_change_that_fails_leaves_deadlines_as_they_are()
    {
        var applied = WithDeadlines("lb-1", 1, Due);
        await Commit(applied);
        await Commit(Filings.Apply("lb-2", 2));
        var (refused, _) = Filings.Next(Filings.StateOf(applied), 2, new Refused("no"));

        await Journal.Append(refused with
        {
            Answers = applied.Deadlines[0],
            Deadlines = [applied.Deadlines[0] with { At = Due.AddDays(1) }],
            Claims = [Filings.Place(2)],
        });

        Assert.Equal(applied.Deadlines, await Journal.DeadlinesOf(applied.Stream));
    }

    [ContractFact]
    public async Task A_deadline_that_asked_for_nothing_is_cleared_by_itself()
    {
        var applied = WithDeadlines("lb-1", 1, Due.AddTicks(15));
        await Commit(applied);

        await Journal.Clear(applied.Deadlines[0] with { Kind = DeadlineKind.Reconsider });
        await Journal.Clear(applied.Deadlines[0] with { Stream = Filings.Stream("lb-9") });
        Assert.Equal(Due.AddTicks(10), Assert.Single(await Journal.DeadlinesOf(applied.Stream)).At);
        await Journal.Clear(applied.Deadlines[0]);

        Assert.Empty(await Journal.DeadlinesOf(applied.Stream));
    }

    [ContractFact]
    public async Task A_change_sets_deadlines_for_others_but_not_for_what_was_never_registered()
    {
        var applied = Filings.Apply("lb-1", 1);
        await Commit(applied);
        await Commit(Filings.Queue("lb-2", 1));
        var leave = Filings.Leave(Filings.StateOf(applied), 2, new Refused("no"), Filings.Stream("lb-2"));
        var reconsider = new Deadline(Filings.Stream("lb-2"), DeadlineKind.Reconsider, Due);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Journal.Append(leave with { Deadlines = [reconsider with { Stream = Filings.Stream("lb-3") }] }));
        await Commit(leave with { Deadlines = [reconsider, reconsider] });

        Assert.Equal([reconsider], await Journal.DueAt(Due, 10));
    }

    private static Append WithDeadlines(string id, int place, params DateTimeOffset[] instants) => Filings.Apply(id, place) with
    {
        Deadlines = [.. instants.Select(at => new Deadline(Filings.Stream(id), DeadlineKind.Expire, at))],
    };
}
