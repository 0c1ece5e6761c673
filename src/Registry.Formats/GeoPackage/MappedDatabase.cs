using System.IO.MemoryMappedFiles;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Registry.Formats.GeoPackage;

/// <summary>
/// A database in a file that need not have a name: SQLite reads its bytes where the system has mapped them, so that nothing is copied, and
/// whatever belongs to a database by its name, a journal or a log, cannot be put beside it.
/// </summary>
internal sealed class MappedDatabase : IDisposable
{
    // How it is read and written: 1 is by a rollback journal, 2 by a write-ahead log, which a mapped database cannot have
    // (sqlite.org/fileformat2.html, section 1.3).
    private const int WriteVersion = 18;
    private const int ReadVersion = 19;
    private const byte ByLog = 2;
    private const byte ByJournal = 1;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Maps a file and opens a connection to it that reads.</summary>
    /// <param name="file">The file, which nobody else writes to while it is mapped.</param>
    /// <exception cref="SqliteException">SQLite does not take it.</exception>
    public MappedDatabase(FileStream file)
    {
        var bytes = file.Length;
        _file = MemoryMappedFile.CreateFromFile(file, null, bytes, MemoryMappedFileAccess.CopyOnWrite, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.CopyOnWrite);
        Connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        try
        {
            foreach (var version in (ReadOnlySpan<int>)[WriteVersion, ReadVersion])
            {
                if (_view.ReadByte(version) == ByLog)
                    _view.Write(version, ByJournal);
            }

            Connection.Open();
            SqliteException.ThrowExceptionForRC(
                raw.sqlite3_deserialize(
                    Connection.Handle, "main", _view.SafeMemoryMappedViewHandle.DangerousGetHandle(), bytes, bytes, raw.SQLITE_DESERIALIZE_READONLY),
                Connection.Handle);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The connection.</summary>
    public SqliteConnection Connection { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Before its bytes are gone.
        Connection.Dispose();
        _view.Dispose();
        _file.Dispose();
    }
}
