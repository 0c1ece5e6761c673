using System.Runtime.Versioning;
using Registry.Storage.Sqlite;
using Registry.Storage.Tests.Journals;

namespace Registry.Storage.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("registry-private-");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public async Task A_journal_is_for_nobody_else()
    {
        var directory = Path.Combine(_parent.FullName, "a", "b");

        await using var journal = await SqliteJournal.Open(directory, new ManualClock());
        await journal.Append(Filings.Apply("lb-1", 1));

        AssertPrivate(directory, "registry.db", "registry.db-wal", "registry.db-shm");
    }

    [Fact]
    public async Task One_that_was_made_wider_is_narrowed_at_the_next_start()
    {
        var directory = Path.Combine(_parent.FullName, "old");
        await using (var journal = await SqliteJournal.Open(directory, new ManualClock()))
            await journal.Append(Filings.Apply("lb-1", 1));
        File.WriteAllBytes(Path.Combine(directory, "registry.db-wal"), []);
        foreach (var file in Directory.GetFiles(directory))
            File.SetUnixFileMode(file, Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetUnixFileMode(directory, Private | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        await using var again = await SqliteJournal.Open(directory, new ManualClock());

        AssertPrivate(directory, "registry.db", "registry.db-wal", "registry.db-shm");
        Assert.Equal(1, await again.Newest());
    }

    [Fact]
    public void A_directory_that_is_everybodys_stays_so()
    {
        const UnixFileMode everybodys = Private | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite
            | UnixFileMode.OtherExecute | UnixFileMode.StickyBit;
        File.SetUnixFileMode(_parent.FullName, everybodys);

        PrivateFiles.MakeDirectory(_parent.FullName);

        Assert.Equal(everybodys, File.GetUnixFileMode(_parent.FullName));
    }

    private static void AssertPrivate(string directory, params string[] files)
    {
        Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        Assert.Equal(files.Order(), Directory.GetFiles(directory).Select(path => Path.GetFileName(path)).Order());
        Assert.All(Directory.GetFiles(directory), file => Assert.Equal(Private, File.GetUnixFileMode(file)));
    }
}
