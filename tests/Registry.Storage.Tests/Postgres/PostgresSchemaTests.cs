using Npgsql;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Journals;

namespace Registry.Storage.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresSchemaTests(PostgresFixture postgres) : IAsyncLifetime
{
    private string _database = "";

    public async Task InitializeAsync() => _database = PostgresServer.WhyNot is null ? await postgres.Server.EmptyDatabase() : "";

    public Task DisposeAsync() => Task.CompletedTask;

    [PostgresFact]
    public async Task An_older_database_takes_the_steps_that_it_has_not_taken()
    {
        Migrate("CREATE TABLE registry.a (x integer)");
        await Query("INSERT INTO registry.a VALUES (7)");
        string[] steps =
        [
            "CREATE TABLE registry.a (x integer)",
            "ALTER TABLE registry.a ADD COLUMN y integer; UPDATE registry.a SET y = x + 1",
            "CREATE TABLE registry.b (z integer)",
        ];

        Migrate(steps);
        Migrate(steps);

        Assert.Equal(8, await Query("SELECT y FROM registry.a"));
        Assert.Equal(0L, await Query("SELECT count(*) FROM registry.b"));
        Assert.Equal(3, await Query("SELECT max(number) FROM registry.step"));
    }

    [PostgresFact]
    public async Task A_step_that_fails_leaves_the_database_as_it_was()
    {
        Migrate("CREATE TABLE registry.a (x integer)");

        Assert.Throws<PostgresException>(() =>
            Migrate("CREATE TABLE registry.a (x integer)", "CREATE TABLE registry.b (x integer)", "CREATE TABLE registry.a (x integer)"));

        Assert.Equal(1, await Query("SELECT max(number) FROM registry.step"));
        Assert.Equal(true, await Query("SELECT to_regclass('registry.b') IS NULL"));
    }

    [PostgresFact]
    public async Task A_database_whose_entries_cannot_be_published_is_refused_and_left_alone()
    {
        await using (var journal = await PostgresJournal.Open(_database, new ManualClock()))
            await journal.Append(Filings.Apply("lb-1", 1));
        await Query("DELETE FROM registry.step WHERE number > 5");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => PostgresJournal.Open(_database, new ManualClock()));

        Assert.Contains("start with a new data directory", refused.Message, StringComparison.Ordinal);
        Assert.Equal(5, await Query("SELECT max(number) FROM registry.step"));
    }

    [PostgresFact]
    public async Task A_database_of_an_older_release_without_entries_is_brought_to_today()
    {
        Migrate([.. PostgresSchema.Steps.Take(PostgresSchema.FirstPublished - 1)]);

        await using var upgraded = await PostgresJournal.Open(_database, new ManualClock());

        Assert.IsType<Actors.Journal.Committed>(await upgraded.Append(Filings.Apply("lb-1", 1)));
    }

    [PostgresFact]
    public async Task A_database_of_a_newer_release_is_refused_and_left_alone()
    {
        await using (await PostgresJournal.Open(_database, new ManualClock()))
            await Query("INSERT INTO registry.step (number) VALUES (999)");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => PostgresJournal.Open(_database, new ManualClock()));

        Assert.Contains("has schema 999, made by a newer release", refused.Message, StringComparison.Ordinal);
        Assert.Equal(999, await Query("SELECT max(number) FROM registry.step"));
    }

    [PostgresFact]
    public async Task Processes_that_open_a_new_database_at_once_take_each_step_once()
    {
        var journals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresJournal.Open(_database, new ManualClock()))));

        foreach (var journal in journals)
            await journal.DisposeAsync();
        Assert.Equal((long)PostgresSchema.Steps.Count, await Query("SELECT count(*) FROM registry.step"));
        Assert.Equal(1L, await Query("SELECT count(*) FROM registry.head"));
    }

    [PostgresFact]
    public async Task One_who_may_not_change_the_schema_opens_what_is_up_to_date()
    {
        await (await PostgresJournal.Open(_database, new ManualClock())).DisposeAsync();
        await Query(
            """
            CREATE ROLE registry_clerk LOGIN;
            GRANT USAGE ON SCHEMA registry TO registry_clerk;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA registry TO registry_clerk;
            """);
        var clerk = new NpgsqlConnectionStringBuilder(_database) { Username = "registry_clerk" }.ConnectionString;

        await using var journal = await PostgresJournal.Open(clerk, new ManualClock());

        Assert.IsType<Actors.Journal.Committed>(await journal.Append(Filings.Apply("lb-1", 1)));
    }

    private void Migrate(params string[] steps)
    {
        using var connection = new NpgsqlConnection($"{_database};Pooling=false");
        connection.Open();
        PostgresSchema.Migrate(connection, steps);
    }

    private Task<object?> Query(string sql) => PostgresServer.Execute(_database, sql);
}
