using Microsoft.Data.Sqlite;
using Registry.Storage.Sqlite;

namespace Registry.Storage.Tests.Journals;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("registry-schema-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void An_older_database_takes_the_steps_that_it_has_not_taken()
    {
        Prepare("CREATE TABLE a (x)");
        Query("INSERT INTO a VALUES (7)");

        Prepare("CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y DEFAULT 1; UPDATE a SET y = x + 1", "CREATE TABLE b (z)");
        Prepare("CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y DEFAULT 1; UPDATE a SET y = x + 1", "CREATE TABLE b (z)");

        Assert.Equal(8L, Query("SELECT y FROM a"));
        Assert.Equal(0L, Query("SELECT count(*) FROM b"));
        Assert.Equal(3L, Query("PRAGMA user_version"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_database_as_it_was()
    {
        Prepare("CREATE TABLE a (x)");

        Assert.Throws<SqliteException>(() => Prepare("CREATE TABLE a (x)", "CREATE TABLE b (z)", "CREATE TABLE a (x)"));

        Assert.Equal(1L, Query("PRAGMA user_version"));
        Assert.Equal(0L, Query("SELECT count(*) FROM sqlite_master WHERE name = 'b'"));
    }

    [Fact]
    public async Task A_database_of_a_newer_release_is_refused_and_left_alone()
    {
        await using (await SqliteJournal.Open(_directory.FullName, new ManualClock()))
            Query("PRAGMA user_version = 999");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SqliteJournal.Open(_directory.FullName, new ManualClock()));

        Assert.Contains("has schema 999, made by a newer release", refused.Message, StringComparison.Ordinal);
        Assert.Equal(999L, Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_directory_whose_entries_cannot_be_published_is_refused_and_left_alone()
    {
        await using (var journal = await SqliteJournal.Open(_directory.FullName, new ManualClock()))
            await journal.Append(Filings.Apply("lb-1", 1));
        Query("PRAGMA user_version = 4");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SqliteJournal.Open(_directory.FullName, new ManualClock()));

        Assert.Contains("start with a new data directory", refused.Message, StringComparison.Ordinal);
        Assert.Equal(4L, Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_directory_of_an_older_release_without_entries_is_brought_to_today()
    {
        Prepare([.. SqliteSchema.Steps.Take(SqliteSchema.FirstPublished - 1)]);

        await using var upgraded = await SqliteJournal.Open(_directory.FullName, new ManualClock());

        Assert.IsType<Actors.Journal.Committed>(await upgraded.Append(Filings.Apply("lb-1", 1)));
    }

    [Fact]
    public void Processes_that_open_a_new_database_at_once_take_each_step_once()
    {
        Parallel.For(0, 8, _ => Prepare("CREATE TABLE a (x)", "INSERT INTO a VALUES (1)"));

        Assert.Equal(1L, Query("SELECT count(*) FROM a"));
    }

    private string File => Path.Combine(_directory.FullName, SqliteJournal.FileName);

    private void Prepare(params string[] steps) => new SqliteDatabase(File).Prepare(steps);

    private object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
