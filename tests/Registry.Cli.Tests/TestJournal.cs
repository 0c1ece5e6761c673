using System.Text.Json;
using Microsoft.Data.Sqlite;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Json;
using Registry.Core.Parties;
using Registry.Storage.Sqlite;
using Registry.Storage.Tests.Journals;

namespace Registry.Cli.Tests;

/// <summary>A journal in a directory of its own: one party and two license blocks of two cells and one.</summary>
internal sealed class TestJournal : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>Where it is.</summary>
    public string Directory => _directory.Path;

    /// <summary>Makes one, and leaves it closed.</summary>
    public static async Task<TestJournal> Make()
    {
        var made = new TestJournal();
        await using var journal = await made.Open();
        Assert.IsType<Committed>(await journal.Append(Register(new PartyState
        {
            Id = "party-1",
            Name = "Made-up Metals",
            Kind = PartyKind.Company,
            Country = "KZ",
        })));
        Assert.IsType<Committed>(await journal.Append(Filings.Apply("lb-1", 0, 1)));
        Assert.IsType<Committed>(await journal.Append(Filings.Apply("lb-2", 5)));
        return made;
    }

    /// <summary>Opens it as a registry does.</summary>
    public Task<SqliteJournal> Open() => SqliteJournal.Open(Directory, TimeProvider.System);

    /// <summary>Changes it behind everybody's back.</summary>
    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = _directory.File(SqliteJournal.FileName), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.True(command.ExecuteNonQuery() > 0, "Nothing was changed.");
    }

    /// <summary>The bytes of every file in the directory.</summary>
    public byte[] Bytes() => [.. System.IO.Directory.EnumerateFiles(Directory).Order().SelectMany(File.ReadAllBytes)];

    public void Dispose() => _directory.Dispose();

    private static Append Register(PartyState party) => new()
    {
        Stream = new StreamId(Collection.Parties, party.Id),
        Version = 1,
        Event = JsonSerializer.SerializeToUtf8Bytes(new PartyRegistered(party), CoreJson.Default.PartyEvent),
        By = new Caller("tests", Role.Registrar),
        State = JsonSerializer.SerializeToUtf8Bytes(party, CoreJson.Default.PartyState),
        Sheets = [],
    };
}
