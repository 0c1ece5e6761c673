using Registry.Storage.Tests.Journals;

namespace Registry.Cli.Tests;

public sealed class VerifyTests
{
    [Fact]
    public async Task A_sound_journal_is_counted_and_its_head_is_shown()
    {
        using var directory = await TestJournal.Make();
        string head;
        await using (var journal = await directory.Open())
            head = Convert.ToHexStringLower((await journal.Read(2).SingleAsync()).Hash);

        var verify = await Typed.Run("verify", "--data", directory.Directory);

        Assert.Equal(0, verify.ExitCode);
        Assert.Matches(@"entries\s+\| 3 ", verify.Output);
        Assert.Matches(@"objects\s+\| 3 ", verify.Output);
        Assert.Matches(@"claims\s+\| 3 ", verify.Output);
        Assert.Matches($@"head\s+\| {head} ", verify.Output);
        Assert.Equal("No faults.", verify.Lines[^1]);
    }

    [Theory]
    [InlineData("UPDATE entry SET canonical = replace(canonical, 'copper', 'silver') WHERE sequence = 2", "Entry 2 is not what was hashed.")]
    [InlineData("DELETE FROM entry WHERE sequence = 2", "Entry 2 is missing; 3 stands in its place.")]
    [InlineData("UPDATE claim SET object = 3", "license-blocks/lb-1 is first in line.")]
    [InlineData("UPDATE tree SET law = 'another'", "The next decision would be held against edition another of the law; the entries have adopted none.")]
    [InlineData("DELETE FROM claim WHERE object = 3", "of license-blocks/lb-2 is claimed by nobody.")]
    [InlineData("UPDATE object SET state = replace(state, 'copper', 'silver') WHERE id = 3", "license-blocks/lb-2")]
    public async Task A_journal_that_was_tampered_with_is_found_out(string tampering, string fault)
    {
        using var directory = await TestJournal.Make();
        directory.Tamper(tampering);

        var verify = await Typed.Run("verify", "--data", directory.Directory);

        Assert.Equal(1, verify.ExitCode);
        Assert.Contains(verify.Lines, line => line.Contains(fault, StringComparison.Ordinal));
        Assert.StartsWith("Faults: ", verify.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_works_beside_a_registry_that_writes()
    {
        using var directory = await TestJournal.Make();
        await using var journal = await directory.Open();
        await journal.Append(Filings.Apply("lb-3", 9));

        var verify = await Typed.Run("verify", "--data", directory.Directory);
        await journal.Append(Filings.Apply("lb-4", 11));
        var after = await Typed.Run("verify", "--data", directory.Directory);

        Assert.Equal(0, verify.ExitCode);
        Assert.Matches(@"entries\s+\| 4 ", verify.Output);
        Assert.Equal(0, after.ExitCode);
        Assert.Matches(@"entries\s+\| 5 ", after.Output);
    }

    [Fact]
    public async Task It_changes_nothing()
    {
        using var directory = await TestJournal.Make();
        var before = directory.Bytes();

        await Typed.Run("verify", "--data", directory.Directory);

        Assert.Equal(before, directory.Bytes());
    }

    [Fact]
    public async Task Where_there_is_no_journal_it_makes_none()
    {
        using var directory = new TemporaryDirectory();

        var verify = await Typed.Run("verify", "--data", directory.File("typo"));

        Assert.Equal(1, verify.ExitCode);
        Assert.StartsWith($"There is no journal in {directory.File("typo")}.", verify.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory.File("typo")));
    }

    [Theory]
    [InlineData("This is no database, and it is longer than the header of one would be, which has a hundred bytes; so SQLite reads it.", "not a database")]
    public async Task What_is_no_journal_is_refused_in_a_line(string content, string why)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("registry.db", content);

        var verify = await Typed.Run("verify", "--data", directory.Path);

        Assert.Equal(1, verify.ExitCode);
        Assert.Contains(why, verify.Error, StringComparison.Ordinal);
        Assert.Single(verify.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_journal_of_a_newer_release_is_left_alone()
    {
        using var directory = await TestJournal.Make();
        await using (var journal = await directory.Open())
            Assert.True(await journal.Issue(new byte[32], new("someone", Core.Role.Operator), DateTimeOffset.UnixEpoch));
        directory.Tamper("UPDATE api_key SET name = 'other'; PRAGMA user_version = 999");

        var verify = await Typed.Run("verify", "--data", directory.Directory);

        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("made by a newer release", verify.Error, StringComparison.Ordinal);
    }
}
