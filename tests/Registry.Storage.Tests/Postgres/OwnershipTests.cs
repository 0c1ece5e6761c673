using Npgsql;
using Registry.Actors.Journal;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Journals;

namespace Registry.Storage.Tests.Postgres;

/// <summary>A database that one role made and served is given a second one: whichever of the two becomes the owner, only the other serves.</summary>
[Collection(PostgresTests.Name)]
public sealed class OwnershipTests(PostgresFixture postgres) : IAsyncLifetime
{
    private string _superuser = "";

    public async Task InitializeAsync()
    {
        if (PostgresServer.WhyNot is not null)
            return;
        _superuser = await postgres.Server.EmptyDatabase("owned");
        await PostgresServer.Execute(_superuser,
            """
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'registry_old') THEN CREATE ROLE registry_old LOGIN; END IF;
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'registry_new') THEN CREATE ROLE registry_new LOGIN; END IF;
            END $$;
            REVOKE registry_old FROM registry_new;
            ALTER DATABASE owned OWNER TO registry_old;
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [PostgresFact]
    public async Task The_role_that_made_the_tables_migrates_and_a_new_one_serves() => await Migrated(owner: As("registry_old"), serving: As("registry_new"));

    [PostgresFact]
    public async Task The_role_that_made_the_tables_serves_on_and_owns_nothing_any_more()
    {
        await Migrated(owner: _superuser, serving: As("registry_old"));

        Assert.Equal(0L, await PostgresServer.Execute(_superuser, "SELECT count(*) FROM pg_class WHERE relowner = 'registry_old'::regrole"));
        Assert.Equal(0L, await PostgresServer.Execute(_superuser, "SELECT count(*) FROM pg_database WHERE datdba = 'registry_old'::regrole"));
    }

    [PostgresFact]
    public async Task Who_may_not_take_the_tables_over_is_told_what_to_do()
    {
        await using (await PostgresJournal.Open(As("registry_old"), new ManualClock()))
        {
            var refused = await Assert.ThrowsAsync<ArgumentException>(() => Ownership.Take(As("registry_new"), As("registry_old"), "registry"));

            Assert.Contains("REASSIGN OWNED BY \"registry_old\" TO \"registry_new\"", refused.Message, StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task A_role_that_has_the_owners_rights_by_membership_does_not_serve()
    {
        await PostgresServer.Execute(_superuser, "GRANT registry_old TO registry_new");

        await Assert.ThrowsAsync<ArgumentException>(() => Ownership.Take(As("registry_old"), As("registry_new"), "registry"));
        await Assert.ThrowsAsync<ArgumentException>(() => Ownership.Take(As("registry_old"), _superuser, "registry"));
    }

    private async Task Migrated(string owner, string serving)
    {
        // As releases with one role left it.
        await using (var before = await PostgresJournal.Open(As("registry_old"), new ManualClock()))
            Assert.IsType<Committed>(await before.Append(Filings.Apply("lb-1", 1)));

        for (var time = 0; time < 2; time++)
        {
            await Ownership.Take(owner, serving, "registry");
            await PostgresJournal.Migrate(owner);
            await ServingRole.Grant(owner, serving, _ => []);
        }

        await using var journal = await PostgresJournal.Open(serving, new ManualClock());
        Assert.IsType<Committed>(await journal.Append(Filings.Apply("lb-2", 2)));
        Assert.Equal(2, await journal.Newest());
        Assert.Empty((await Verification.Run(journal)).Faults);
        foreach (var statement in (string[])["DELETE FROM registry.entry", "ALTER TABLE registry.entry OWNER TO CURRENT_USER", "DROP TABLE registry.entry", "ALTER TABLE registry.entry DISABLE TRIGGER ALL", "DROP SCHEMA registry CASCADE"])
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.Execute(serving, statement))).SqlState);
    }

    private string As(string role) => new NpgsqlConnectionStringBuilder(_superuser) { Username = role }.ConnectionString;
}
