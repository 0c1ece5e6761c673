using System.Text;
using Registry.Actors.Journal;
using Registry.Cli.Keys;
using Registry.Core;

namespace Registry.Cli.Tests.Keys;

public sealed class KeyTests
{
    [Fact]
    public async Task A_key_is_printed_alone_and_stands_for_its_holder_at_once_in_a_running_registry()
    {
        using var directory = await TestJournal.Make();
        await using var running = await directory.Open();

        var issue = await Key(directory, "issue", "--name", "survey", "--role", "registrar");

        Assert.Equal(0, issue.ExitCode);
        var key = Assert.Single(issue.Lines);
        Assert.Matches("^rk_[A-Za-z0-9_-]{43}$", key);
        Assert.Equal(new Caller("survey", Role.Registrar), await running.Find(ApiKey.Digest(key)));
        Assert.DoesNotContain(key, issue.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_two_keys_are_the_same()
    {
        using var directory = await TestJournal.Make();

        var one = await Key(directory, "issue", "--name", "a", "--role", "operator");
        var other = await Key(directory, "issue", "--name", "b", "--role", "operator");

        Assert.NotEqual(one.Output, other.Output);
    }

    [Fact]
    public async Task The_key_itself_is_nowhere_in_the_journal()
    {
        using var directory = await TestJournal.Make();

        var issue = await Key(directory, "issue", "--name", "survey", "--role", "registrar");

        var bytes = directory.Bytes();
        Assert.True(bytes.AsSpan().IndexOf(ApiKey.Digest(issue.Lines[0])) >= 0, "The digest is not stored.");
        Assert.True(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(issue.Lines[0][ApiKey.Prefix.Length..])) < 0, "The key is stored.");
    }

    [Fact]
    public async Task An_applicant_acts_for_a_party_that_is_registered()
    {
        using var directory = await TestJournal.Make();

        var issue = await Key(directory, "issue", "--name", "metals", "--role", "applicant", "--party", "party-1");
        var unknown = await Key(directory, "issue", "--name", "others", "--role", "applicant", "--party", "party-2");

        await using var journal = await directory.Open();
        Assert.Equal(new Caller("metals", Role.Applicant, "party-1"), await journal.Find(ApiKey.Digest(issue.Lines[0])));
        Assert.Equal(1, unknown.ExitCode);
        Assert.StartsWith("There is no party 'party-2' in this registry.", unknown.Error, StringComparison.Ordinal);
        Assert.Single(await journal.All());
    }

    [Theory]
    [InlineData("a name", "registrar", null)]
    [InlineData(":anonymous", "registrar", null)]
    [InlineData("name\n", "registrar", null)]
    [InlineData("registry", "registrar", null)]
    [InlineData("dev-registrar", "registrar", null)]
    [InlineData("dev-applicant-a", "applicant", "party-1")]
    [InlineData("metals\u3164", "registrar", null)]
    [InlineData("", "registrar", null)]
    [InlineData("someone", "registry", null)]
    [InlineData("someone", "Registrar", null)]
    [InlineData("someone", "applicant", null)]
    [InlineData("someone", "registrar", "party-1")]
    public async Task What_is_no_holder_gets_no_key(string name, string role, string? party)
    {
        using var directory = await TestJournal.Make();

        var issue = await Key(directory, ["issue", "--name", name, "--role", role, .. party is null ? (string[])[] : ["--party", party]]);

        Assert.Equal(2, issue.ExitCode);
        Assert.DoesNotContain("rk_", issue.Output, StringComparison.Ordinal);
        await using var journal = await directory.Open();
        Assert.Empty(await journal.All());
    }

    [Fact]
    public async Task A_name_has_one_key_until_that_is_revoked()
    {
        using var directory = await TestJournal.Make();
        var first = await Key(directory, "issue", "--name", "survey", "--role", "registrar");

        var second = await Key(directory, "issue", "--name", "survey", "--role", "registrar");
        await Key(directory, "revoke", "survey");
        var third = await Key(directory, "issue", "--name", "survey", "--role", "registrar");

        Assert.Equal(1, second.ExitCode);
        Assert.Equal("", second.Output);
        Assert.StartsWith("A key named survey is in force.", second.Error, StringComparison.Ordinal);
        await using var journal = await directory.Open();
        Assert.Null(await journal.Find(ApiKey.Digest(first.Lines[0])));
        Assert.Equal(new Caller("survey", Role.Registrar), await journal.Find(ApiKey.Digest(third.Lines[0])));
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("registrar")]
    public async Task A_name_is_never_given_to_another_role(string role)
    {
        using var directory = await TestJournal.Make();
        await Key(directory, "issue", "--name", "metals", "--role", "applicant", "--party", "party-1");
        await Key(directory, "revoke", "metals");

        var again = await Key(directory, "issue", "--name", "metals", "--role", role);

        Assert.Equal(1, again.ExitCode);
        Assert.Equal("", again.Output);
        Assert.StartsWith("The name metals is that of an applicant for party-1,", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_stands_for_nobody_and_the_delay_is_told()
    {
        using var directory = await TestJournal.Make();
        await using var running = await directory.Open();
        var issue = await Key(directory, "issue", "--name", "survey", "--role", "registrar");

        var revoke = await Key(directory, "revoke", "survey");

        Assert.Equal(0, revoke.ExitCode);
        Assert.Null(await running.Find(ApiKey.Digest(issue.Lines[0])));
        Assert.Equal(
            $"The key of survey is revoked. A running registry notices within {IKeyring.BelievedFor.TotalSeconds} seconds.", revoke.Lines[0]);
    }

    [Fact]
    public async Task What_was_never_issued_cannot_be_revoked()
    {
        using var directory = await TestJournal.Make();

        var revoke = await Key(directory, "revoke", "nobody");

        Assert.Equal(1, revoke.ExitCode);
        Assert.Equal("No key named 'nobody' is in force.\n", revoke.Error);
    }

    [Fact]
    public async Task Every_key_is_listed_newest_first_without_its_secret()
    {
        using var directory = await TestJournal.Make();
        var issue = await Key(directory, "issue", "--name", "metals", "--role", "applicant", "--party", "party-1");
        await Key(directory, "issue", "--name", "survey", "--role", "registrar");
        await Key(directory, "revoke", "metals");

        var list = await Key(directory, "list");

        Assert.Equal(0, list.ExitCode);
        Assert.DoesNotContain(issue.Lines[0], list.Output, StringComparison.Ordinal);
        const string instant = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ";
        Assert.Matches($@"survey \| registrar \|\s+\| {instant} \|\s+\|[\s\S]*metals \| applicant \| party-1 \| {instant} \| {instant} \|", list.Output);
    }

    [Fact]
    public async Task The_directory_is_the_one_that_the_registry_was_given()
    {
        using var directory = await TestJournal.Make();

        var list = await Typed.Run(TimeProvider.System, new() { ["Registry__DataDirectory"] = directory.Directory }, "key", "list");

        Assert.Equal(0, list.ExitCode);
    }

    private static Task<Typed> Key(TestJournal journal, params string[] arguments) =>
        Typed.Run(["key", .. arguments, "--data", journal.Directory]);
}
