using Registry.Actors.Journal;
using Registry.Core;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

[Collection(PostgresTests.Name)]
[RequiresPostgres]
public sealed class PostgresJournalTests(PostgresFixture postgres) : JournalContract
{
    private string _owner = "";
    private string _database = "";

    private protected override async Task<IJournal> Open(TimeProvider clock)
    {
        _owner = await postgres.Server.EmptyDatabase();
        // The whole contract by the role that serves, which owns nothing.
        await PostgresJournal.Migrate(_owner);
        _database = PostgresServer.AsServing(_owner);
        await ServingRole.Grant(_owner, _database, _ => []);
        return await PostgresJournal.Open(_database, clock);
    }

    [PostgresFact]
    public async Task Everything_is_found_again_after_a_restart()
    {
        await FillWithLives();
        await Commit(Filings.Apply("lb-9", 30) with { Key = new RequestKey("key", "fingerprint") });
        await Journal.RaiseEpoch(Filings.M44);
        await Keyring.Issue(new byte[32], new Caller("acme", Role.Applicant, "p-acme"), Clock.Now);
        await Accept("imp-1", "print", "content");
        var entries = await Entries();
        var claims = await ClaimsByPlace();
        await Journal.DisposeAsync();

        await using var again = await PostgresJournal.Open(_database, Clock);

        Assert.Equal(entries.Select(entry => entry.Canonical), await again.Read(0).Select(entry => entry.Canonical).ToListAsync());
        Assert.Equal(claims.Values, await again.Claims().Select(claim => claim.Value.Id).ToListAsync());
        Assert.Equal(new KeptAnswer("fingerprint", Filings.Stream("lb-9"), 1), await again.FindAnswer("key"));
        Assert.Equal(2, await again.RaiseEpoch(Filings.M44));
        Assert.Equal("acme", (await again.Find(new byte[32]))?.Name);
        Assert.Single(await again.DeadlinesOf(Filings.Stream("lb-1")));
        Assert.Equal(["imp-1"], await again.Unfinished(10));
        Assert.Equal([8, 9], (await again.LoadPart("content", 1))!);
        Assert.Equal(9, Assert.IsType<Committed>(await again.Append(Filings.Apply("lb-10", 31))).Last.Sequence);
        Assert.Empty((await Verification.Run(again)).Faults);
    }

    [PostgresFact]
    public async Task Several_processes_together_file_as_many_undecided_applications_as_a_party_may_have()
    {
        await using var second = await PostgresJournal.Open(_database, Clock);
        await using var third = await PostgresJournal.Open(_database, Clock);
        IJournal[] journals = [Journal, second, third];

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() =>
            journals[i % 3].Append(Filings.Apply($"lb-{i}", i) with { Undecided = new UndecidedChange(null, "p-1", 17) }))));

        Assert.Equal(17, results.Count(result => result is Committed));
        Assert.Equal(43, results.Count(result => result is TooManyUndecided));
        Assert.Equal(17, (await Entries()).Count);
    }

    [PostgresFact]
    public async Task Closing_commits_what_was_accepted_and_refuses_the_rest()
    {
        var accepted = Enumerable.Range(0, 500).Select(i => Journal.Append(Filings.Apply($"lb-{i}", i))).ToArray();

        await Journal.DisposeAsync();

        Assert.All(await Task.WhenAll(accepted), result => Assert.IsType<Committed>(result));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Journal.Append(Filings.Apply("lb-late", 900)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Journal.Load(Filings.Stream("lb-1")));
        await using var again = await PostgresJournal.Open(_database, Clock);
        Assert.Equal(500, await again.Read(0).CountAsync());
    }

    [PostgresFact]
    public async Task Two_processes_that_append_at_once_keep_one_chain_without_a_gap()
    {
        await using var other = await PostgresJournal.Open(_database, Clock);

        var filings = await Task.WhenAll(Enumerable.Range(0, 1_200).Select(i => (i % 2 == 0 ? Journal : other).Append(Filings.Apply($"lb-{i}", i))));

        Assert.All(filings, result => Assert.IsType<Committed>(result));
        Assert.Equal(
            Enumerable.Range(1, 1_200).Select(i => (long)i), filings.Cast<Committed>().Select(filing => filing.Last.Sequence).Order());
        var report = await Verification.Run(Journal);
        Assert.Empty(report.Faults);
        Assert.Equal((1_200, 1_200), (report.Entries, report.Claims));
    }

    [PostgresFact]
    public async Task Of_two_processes_that_claim_a_cell_at_once_one_commits_and_the_other_learns_by_whom()
    {
        await using var other = await PostgresJournal.Open(_database, Clock);

        var ones = Enumerable.Range(0, 300).Select(i => Journal.Append(Filings.Apply($"lb-one-{i}", i)));
        var others = Enumerable.Range(0, 300).Select(i => other.Append(Filings.Apply($"lb-other-{i}", i)));
        var results = await Task.WhenAll([.. ones, .. others]);

        var claims = await ClaimsByPlace();
        for (var i = 0; i < 300; i++)
        {
            Assert.Single(new[] { results[i], results[300 + i] }, result => result is Committed);
            Assert.Contains(
                new ClaimConflict(Filings.Place(i), Filings.Stream(claims[i])), new[] { results[i], results[300 + i] });
        }
    }

    [PostgresFact]
    public async Task An_append_is_refused_by_an_epoch_that_another_process_raised()
    {
        await using var other = await PostgresJournal.Open(_database, Clock);
        var epoch = await Journal.RaiseEpoch(Filings.M44);
        await other.RaiseEpoch(Filings.M44);

        var result = await Journal.Append(Filings.Apply("lb-1", 1) with { Epochs = [new SheetEpoch(Filings.M44, epoch)] });

        Assert.Equal(new EpochPassed(new SheetEpoch(Filings.M44, 2)), result);
    }

    [PostgresFact]
    public async Task An_object_that_changes_twice_in_a_batch_is_stored_as_the_second_change_left_it()
    {
        var applied = Filings.Apply("lb-1", 1, 360);
        var (refused, _) = Filings.Next(Filings.StateOf(applied), 2, new Core.Titles.Refused("no"));
        var deadline = new Deadline(applied.Stream, DeadlineKind.Expire, Clock.Now);
        refused = refused with
        {
            Sheets = [Filings.M45],
            Releases = [new ClaimEnd(Filings.Place(1), null), new ClaimEnd(Filings.Place(360), Filings.Stream("lb-2"))],
            Answers = deadline,
        };
        await using var held = await HeldHead.Take(_database);

        var results = Task.WhenAll(
            Journal.Append(Filings.Apply("lb-0", 9)),
            Journal.Append(applied with { Deadlines = [deadline] }),
            Journal.Append(Filings.Queue("lb-2", 360)),
            Journal.Append(refused));
        await held.Release();

        Assert.All(await results, result => Assert.IsType<Committed>(result));
        Assert.Equal((2, 4), ((await Journal.Load(applied.Stream))!.Version, (await Journal.Load(applied.Stream))!.Last.Sequence));
        Assert.Equal(["lb-0"], await Journal.LoadSheet(Filings.M44).Select(stored => stored.Stream.Id).ToListAsync());
        Assert.Equal(["lb-1", "lb-2"], await Journal.LoadSheet(Filings.M45).Select(stored => stored.Stream.Id).ToListAsync());
        Assert.Equal(new Dictionary<int, string> { [9] = "lb-0", [360] = "lb-2" }, await ClaimsByPlace());
        Assert.Empty(await Journal.DeadlinesOf(applied.Stream));
    }

    [PostgresFact]
    public async Task What_a_constraint_refuses_after_all_fails_alone()
    {
        await PostgresServer.Execute(_owner, $"ALTER TABLE registry.claim ADD CHECK (cell <> {Filings.Place(7)})");

        var results = Enumerable.Range(0, 50).Select(i => Journal.Append(Filings.Apply($"lb-{i}", i))).ToArray();

        for (var i = 0; i < results.Length; i++)
        {
            if (i == 7)
                await Assert.ThrowsAsync<InvalidOperationException>(() => results[i]);
            else
                Assert.IsType<Committed>(await results[i]);
        }

        Assert.Empty((await Verification.Run(Journal)).Faults);
        Assert.Equal(49, (await Entries()).Count);
    }

    [PostgresTheory]
    [InlineData('l', '\0')]
    [InlineData('l', '\ud800')]
    [InlineData('\udc00', '\ud800')]
    public async Task A_name_that_a_column_cannot_hold_is_refused_alone_and_never_found(char first, char second)
    {
        var id = $"{first}{second}";
        var together = Journal.Append(Filings.Apply("lb-1", 1));

        await Assert.ThrowsAsync<ArgumentException>(() => Journal.Append(Filings.Apply("lb-2", 2) with { Stream = Filings.Stream(id) }));

        Assert.IsType<Committed>(await together);
        Assert.Null(await Journal.Load(Filings.Stream(id)));
        Assert.Null(await Journal.FindAnswer(id));
        Assert.Empty(await Journal.History(Filings.Stream(id)).ToListAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Journal.Append(
            Filings.Apply("lb-3", 3) with { Deadlines = [new Deadline(Filings.Stream(id), DeadlineKind.Expire, Clock.Now)] }));
    }

    [PostgresTheory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_process_whose_clock_is_off_writes_nothing_and_says_so(int seconds)
    {
        await Commit(Filings.Apply("lb-1", 1));
        await using var off = await PostgresJournal.Open(_owner, Clock, 256, null, new OffClock(TimeSpan.FromSeconds(seconds)));

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => off.Append(Filings.Apply("lb-2", 2)));

        Assert.Contains("clock", $"{refused.Message} {refused.InnerException?.Message}", StringComparison.Ordinal);
        Assert.Equal(1, await Journal.Newest());
        await Commit(Filings.Apply("lb-3", 3));
    }

    private sealed class OffClock(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + off;
    }

    [PostgresTheory]
    [InlineData("UPDATE registry.entry SET canonical = canonical || ' ' WHERE sequence = 2", "Entry 2 is not what was hashed")]
    [InlineData("UPDATE registry.entry SET canonical = '\\x00' WHERE sequence = 3", "Entry 3 cannot be read")]
    [InlineData("DELETE FROM registry.entry WHERE sequence = 5", "Entry 5 is missing; 6 stands in its place")]
    [InlineData("DELETE FROM registry.claim WHERE object = 3", "is claimed by nobody")]
    [InlineData("UPDATE registry.object SET first_at = first_at - 1 WHERE id = 1", "another place or instant")]
    [InlineData("DELETE FROM registry.object WHERE id = 2", "lb-2 has entries but is not stored")]
    [InlineData("UPDATE registry.entry SET beside = overlay(beside PLACING 'x' FROM 6 FOR 1) WHERE sequence = 1", "Entry 1 sealed another value")]
    [InlineData("UPDATE registry.head SET frontier = '\\x0000000000000000'", "The tree is over 0 entries; there are 7")]
    [InlineData("DELETE FROM registry.deadline", "no deadline on which it expires")]
    public async Task Tampering_is_found(string tampering, string found)
    {
        await FillWithLives();

        await PostgresServer.Execute(_owner, tampering);

        Assert.Contains((await Verification.Run(Journal)).Faults, fault => fault.Contains(found, StringComparison.Ordinal));
    }
}
