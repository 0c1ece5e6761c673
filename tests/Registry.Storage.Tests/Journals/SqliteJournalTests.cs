using Microsoft.Data.Sqlite;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Storage.Sqlite;

namespace Registry.Storage.Tests.Journals;

public sealed class SqliteJournalTests : JournalContract
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("registry-journal-");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private protected override async Task<IJournal> Open(TimeProvider clock) => await SqliteJournal.Open(_directory.FullName, clock);

    [Fact]
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

        await using var again = await SqliteJournal.Open(_directory.FullName, Clock);

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

    [Fact]
    public async Task Closing_commits_what_was_accepted_and_refuses_the_rest()
    {
        var accepted = Enumerable.Range(0, 500).Select(i => Journal.Append(Filings.Apply($"lb-{i}", i))).ToArray();

        await Journal.DisposeAsync();

        Assert.All(await Task.WhenAll(accepted), result => Assert.IsType<Committed>(result));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Journal.Append(Filings.Apply("lb-late", 900)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Journal.Load(Filings.Stream("lb-1")));
        await using var again = await SqliteJournal.Open(_directory.FullName, Clock);
        Assert.Equal(500, await again.Read(0).CountAsync());
        Assert.False(File.Exists(Path.Combine(_directory.FullName, SqliteJournal.FileName + "-wal")) && new FileInfo(
            Path.Combine(_directory.FullName, SqliteJournal.FileName + "-wal")).Length > 0);
    }

    [Fact]
    public async Task Two_handles_write_at_once_and_see_each_other()
    {
        await using var other = await SqliteJournal.Open(_directory.FullName, Clock);

        var filings = Task.WhenAll(Enumerable.Range(0, 300).Select(i => Journal.Append(Filings.Apply($"lb-{i}", i))));
        var others = Task.WhenAll(Enumerable.Range(300, 300).Select(i => other.Append(Filings.Apply($"lb-{i}", i))));
        Assert.True(await other.Issue(new byte[32], new Caller("acme", Role.Operator), Clock.Now));

        Assert.Equal("acme", (await Keyring.Find(new byte[32]))?.Name);
        Assert.All((await filings).Concat(await others), result => Assert.IsType<Committed>(result));
        Assert.Empty((await Verification.Run(Journal)).Faults);
        Assert.Equal(600, (await Entries()).Count);
    }

    [Fact]
    public async Task Tailing_finds_what_another_process_wrote()
    {
        await using var other = await SqliteJournal.Open(_directory.FullName, Clock);
        await Commit(Filings.Apply("lb-1", 1));
        await using var tail = Journal.Tail(1, CancellationToken.None).GetAsyncEnumerator();
        var next = tail.MoveNextAsync().AsTask();

        await other.Append(Filings.Apply("lb-2", 2));
        Clock.RunTimers();

        Assert.True(await next);
        Assert.Equal(Filings.Stream("lb-2"), tail.Current.Stream);
    }

    [Fact]
    public async Task A_failing_database_fails_what_waits_and_serves_again_when_it_is_mended()
    {
        await Commit(Filings.Apply("lb-1", 1));
        await Tamper("ALTER TABLE entry RENAME TO lost");
        var failed = Enumerable.Range(2, 20).Select(i => Journal.Append(Filings.Apply($"lb-{i}", i))).ToArray();
        foreach (var append in failed)
            await Assert.ThrowsAsync<JournalUnavailableException>(() => append);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => Journal.Read(0).ToListAsync().AsTask());

        await Tamper("ALTER TABLE lost RENAME TO entry");

        Assert.Equal(2, (await Commit(Filings.Apply("lb-2", 2))).Last.Sequence);
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    [Theory]
    [InlineData("UPDATE entry SET canonical = replace(canonical, 'copper', 'silver') WHERE sequence = 2", "Entry 2 is not what was hashed")]
    [InlineData("UPDATE entry SET canonical = zeroblob(9) WHERE sequence = 3", "Entry 3 cannot be read")]
    [InlineData("UPDATE entry SET hash = randomblob(32) WHERE sequence = 3", "Entry 4 does not carry the hash")]
    [InlineData("DELETE FROM entry WHERE sequence = 5", "Entry 5 is missing; 6 stands in its place")]
    [InlineData("UPDATE entry SET sequence = 99 WHERE sequence = 2", "Entry 2 is missing; 3 stands in its place")]
    [InlineData("DELETE FROM claim WHERE object = 3", "is claimed by nobody")]
    [InlineData("UPDATE claim SET object = 3 WHERE object = 1", "license-blocks/lb-1 is first in line")]
    [InlineData("INSERT INTO claim VALUES (7, 1)", "claims cell 7, which is not its to claim")]
    [InlineData("UPDATE object SET state = replace(state, 'Made-up', 'Other') WHERE id = 1", "another state")]
    [InlineData("UPDATE object SET version = 9 WHERE id = 1", "stored as version 9; its entries make 3")]
    [InlineData("UPDATE object SET first_at = first_at - 1 WHERE id = 1", "another place or instant")]
    [InlineData("DELETE FROM object WHERE id = 2", "lb-2 has entries but is not stored")]
    [InlineData("INSERT INTO object SELECT 77, 'license-blocks/lb-7', 1, 0, 77, 0, x'', '{}'", "lb-7 is stored but has no entries")]
    [InlineData("UPDATE entry SET beside = CAST(replace(beside, CAST('Made-up' AS BLOB), CAST('Made-it' AS BLOB)) AS BLOB) WHERE sequence = 1", "Entry 1 sealed another value")]
    [InlineData("UPDATE entry SET beside = x'' WHERE sequence = 1", "Entry 1 cannot be read")]
    [InlineData("UPDATE tree SET frontier = zeroblob(8)", "The tree is over 0 entries; there are 7")]
    [InlineData("UPDATE tree SET frontier = substr(frontier, 1, 8 + 64) || randomblob(32)", "The root of the tree over 7 entries")]
    [InlineData("DELETE FROM deadline", "no deadline on which it expires")]
    public async Task Tampering_is_found(string tampering, string found)
    {
        await FillWithLives();

        await Tamper(tampering);

        var report = await Verification.Run(Journal);
        Assert.Contains(report.Faults, fault => fault.Contains(found, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Any_byte_that_is_flipped_is_found()
    {
        await FillWithLives();
        var canonical = (await Entries())[3].Canonical;

        for (var place = 0; place < canonical.Length; place++)
        {
            var flipped = (byte[])canonical.Clone();
            flipped[place] ^= 1;
            await Tamper("UPDATE entry SET canonical = $bytes WHERE sequence = 4", flipped);
            Assert.NotEmpty((await Verification.Run(Journal)).Faults);
        }

        await Tamper("UPDATE entry SET canonical = $bytes WHERE sequence = 4", canonical);
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    [Theory]
    [InlineData("UPDATE tile_hash SET hash = randomblob(32) WHERE place = 1", "Tile 0 of level 1 has another hash at 1")]
    [InlineData("DELETE FROM tile_hash WHERE place = 1", "Tile 0 of level 1 has another hash at 1")]
    public async Task A_tile_that_is_not_of_the_entries_is_found(string tampering, string found)
    {
        await Task.WhenAll(Enumerable.Range(1, 513).Select(i => Commit(Filings.Apply($"lb-{i}", i))));
        Assert.Empty((await Verification.Run(Journal)).Faults);

        await Tamper(tampering);

        Assert.Contains(found, Assert.Single((await Verification.Run(Journal)).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_is_another_than_its_hash_says_is_found()
    {
        await Commit(Filings.Apply("lb-1", [.. Enumerable.Range(0, 600)]));
        Assert.Empty((await Verification.Run(Journal)).Faults);

        await Tamper("UPDATE log_object SET bytes = bytes || ' '");

        Assert.Contains("names object", Assert.Single((await Verification.Run(Journal)).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_appended_to_a_tree_that_is_not_over_the_entries()
    {
        await Commit(Filings.Apply("lb-1", 1));
        await Tamper("UPDATE tree SET frontier = zeroblob(8)");

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => Journal.Append(Filings.Apply("lb-2", 2)));

        Assert.Contains("tampered", refused.InnerException?.Message ?? refused.Message, StringComparison.Ordinal);
    }

    private async Task Tamper(string sql, byte[]? bytes = null)
    {
        var file = Path.Combine(_directory.FullName, SqliteJournal.FileName);
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (bytes is not null)
            command.Parameters.AddWithValue("$bytes", bytes);
        await command.ExecuteNonQueryAsync();
    }
}
