using Npgsql;
using Registry.Actors.Journal;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Journals;

namespace Registry.Storage.Tests.Postgres;

/// <summary>What the role that serves cannot do. That it can do what the journal needs, the contract of the journal shows.</summary>
[Collection(PostgresTests.Name)]
public sealed class ServingRoleTests(PostgresFixture postgres) : IAsyncLifetime
{
    private string _owner = "";
    private string _serving = "";

    public async Task InitializeAsync()
    {
        if (PostgresServer.WhyNot is not null)
            return;
        _owner = await postgres.Server.EmptyDatabase();
        _serving = PostgresServer.AsServing(_owner);
        await PostgresJournal.Migrate(_owner);
        await ServingRole.Grant(_owner, _serving, _ => []);
        await using var journal = await PostgresJournal.Open(_serving, new ManualClock());
        Assert.IsType<Committed>(await journal.Append(Filings.Apply("lb-1", 1)));
        Assert.IsType<Committed>(await journal.Append(Filings.Apply("lb-2", 2)));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [PostgresTheory]
    [InlineData("UPDATE registry.entry SET canonical = 'x' WHERE sequence = 1")]
    [InlineData("UPDATE registry.entry SET at = at")]
    [InlineData("DELETE FROM registry.entry WHERE sequence = 2")]
    [InlineData("TRUNCATE registry.entry")]
    [InlineData("INSERT INTO registry.entry SELECT * FROM registry.entry ON CONFLICT (sequence) DO UPDATE SET hash = 'x'")]
    [InlineData("MERGE INTO registry.entry e USING registry.head h ON h.one WHEN MATCHED THEN DELETE")]
    [InlineData("SELECT FROM registry.entry FOR UPDATE")]
    [InlineData("DROP TABLE registry.entry")]
    [InlineData("ALTER TABLE registry.entry ADD COLUMN x integer")]
    [InlineData("ALTER TABLE registry.entry OWNER TO registry_serving")]
    [InlineData("CREATE TRIGGER x BEFORE INSERT ON registry.entry EXECUTE FUNCTION suppress_redundant_updates_trigger()")]
    [InlineData("CREATE RULE x AS ON INSERT TO registry.entry DO INSTEAD NOTHING")]
    [InlineData("CREATE TABLE registry.x (y integer)")]
    [InlineData("DROP SCHEMA registry CASCADE")]
    [InlineData("UPDATE registry.answer SET version = 9")]
    [InlineData("DELETE FROM registry.answer")]
    [InlineData("DELETE FROM registry.object")]
    [InlineData("UPDATE registry.api_key SET role = 'Registrar'")]
    [InlineData("DELETE FROM registry.api_key")]
    [InlineData("UPDATE registry.step SET number = 0")]
    [InlineData("UPDATE registry.secret SET bytes = 'x'")]
    [InlineData("SET ROLE postgres")]
    [InlineData("SET session_replication_role = replica")]
    public async Task It_can_change_nothing_that_was_entered(string statement)
    {
        var fault = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.Execute(_serving, statement));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
        await using var journal = await PostgresJournal.Open(_serving, new ManualClock());
        Assert.Equal(2, await journal.Newest());
        Assert.Empty((await Verification.Run(journal)).Faults);
    }

    [PostgresFact]
    public async Task What_it_had_beyond_that_is_taken_from_it()
    {
        await PostgresServer.Execute(_owner, "GRANT ALL ON ALL TABLES IN SCHEMA registry TO registry_serving; GRANT CREATE ON SCHEMA registry TO registry_serving");

        await ServingRole.Grant(_owner, _serving, _ => []);

        await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.Execute(_serving, "DELETE FROM registry.entry"));
        await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.Execute(_serving, "CREATE TABLE registry.x (y integer)"));
    }

    [PostgresFact]
    public async Task An_owner_does_not_serve() =>
        await Assert.ThrowsAsync<ArgumentException>(() => ServingRole.Grant(_owner, _owner, _ => []));

    [PostgresFact]
    public async Task Its_password_is_the_one_of_the_connection_string()
    {
        // As PostgreSQL would have made it itself: SCRAM-SHA-256 with 4096 rounds. The servers of these tests ask for none.
        var stored = (string)(await PostgresServer.Execute(_owner, "SELECT rolpassword FROM pg_authid WHERE rolname = 'registry_serving'"))!;

        Assert.Matches(@"^SCRAM-SHA-256\$4096:[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$", stored);
    }

    [PostgresFact]
    public async Task A_secret_is_made_once_for_all_processes()
    {
        await using var one = await PostgresJournal.Open(_serving, new ManualClock());
        await using var other = await PostgresJournal.Open(_serving, new ManualClock());

        var secrets = await Task.WhenAll(one.Secret("a"), other.Secret("a"), one.Secret("a"));

        Assert.Equal(32, secrets[0].Length);
        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.NotEqual(secrets[0], await one.Secret("b"));
    }
}
