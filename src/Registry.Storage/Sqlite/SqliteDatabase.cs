using Microsoft.Data.Sqlite;

namespace Registry.Storage.Sqlite;

/// <summary>The database file of a journal, and how connections to it are set up.</summary>
/// <param name="path">The file.</param>
internal sealed class SqliteDatabase(string path)
{
    // Another process (an administrator's command) may hold the write lock for a moment.
    private const string Settings =
        """
        PRAGMA busy_timeout = 10000;
        PRAGMA synchronous = FULL;
        PRAGMA temp_store = MEMORY;
        """;

    // The database itself, and what SQLite keeps beside it.
    private static readonly string[] Beside = ["", "-wal", "-shm", "-journal"];

    /// <summary>Where the database lies.</summary>
    public string Path => path;

    /// <summary>Makes the file if it is not there, and brings its schema to today's.</summary>
    /// <exception cref="InvalidOperationException">It was made by a newer release.</exception>
    /// <exception cref="SqliteException">The storage failed.</exception>
    public void Prepare(IReadOnlyList<string> steps)
    {
        // Before SQLite does, which gives the files beside it the mode of this one.
        PrivateFiles.Create(path, FileMode.OpenOrCreate).Dispose();
        foreach (var file in Beside)
            PrivateFiles.Tighten(path + file);
        using var connection = Connect("PRAGMA journal_mode = WAL;");
        SqliteSchema.Migrate(connection, steps);
    }

    /// <summary>Opens the connection that writes, with a cache that holds the upper levels of every index.</summary>
    /// <exception cref="SqliteException">The storage failed.</exception>
    public SqliteConnection OpenWriter() => Connect("PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 16000;");

    /// <summary>Opens a connection that reads.</summary>
    /// <exception cref="SqliteException">The storage failed.</exception>
    public SqliteConnection OpenReader() => Connect("PRAGMA query_only = ON;");

    private SqliteConnection Connect(string more)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Pragmas take no parameters; both texts are constants of this class.
            command.CommandText = Settings + more;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
