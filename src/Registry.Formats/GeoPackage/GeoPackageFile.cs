using System.Buffers.Binary;
using Registry.Formats.Features;
using SQLitePCL;

namespace Registry.Formats.GeoPackage;

/// <summary>A stranger's database, open for reading.</summary>
/// <remarks>
/// It is taken for unchanging. Its schema is not trusted: views and triggers are off, so that a table is what it is called, and every limit
/// of SQLite is as low as the statements here need (sqlite.org/security.html).
/// </remarks>
internal sealed class GeoPackageFile : IDisposable
{
    private const int MostRowBytes = 256 * 1024 * 1024;

    private readonly MappedDatabase _database;
    private readonly GeoPackageWork _work;

    /// <param name="file">The file.</param>
    /// <param name="limits">No value longer than these is held.</param>
    public GeoPackageFile(FileStream file, SourceLimits limits)
    {
        _work = new GeoPackageWork(file.Length, PageBytesOf(file));
        _database = new MappedDatabase(file);
        try
        {
            Restrict(_database.Connection.Handle!, file, limits);
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>What SQLite may still do.</summary>
    public GeoPackageWork Work => _work;

    /// <summary>Begins a statement.</summary>
    /// <param name="sql">Its text; it has no parameter but <c>$value</c>.</param>
    /// <param name="value">The parameter; null where there is none.</param>
    /// <param name="cancellation">The sender has left.</param>
    public GeoPackageRows Query(string sql, object? value, CancellationToken cancellation) => new(_database.Connection, _work, sql, value, cancellation);

    /// <summary>The first rows that a statement gives.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="value">Its parameter.</param>
    /// <param name="most">Most rows.</param>
    /// <param name="cancellation">The sender has left.</param>
    public List<object?[]> Rows(string sql, object? value, int most, CancellationToken cancellation)
    {
        using var query = Query(sql, value, cancellation);
        var rows = new List<object?[]>();
        while (rows.Count < most && query.Read(cancellation))
            rows.Add([.. Enumerable.Range(0, query.Columns).Select(query.Value)]);
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    // In the header (sqlite.org/fileformat2.html, section 1.3.2); SQLite takes no file that says something else.
    private static int PageBytesOf(FileStream file)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        return RandomAccess.Read(file.SafeFileHandle, length, 16) == length.Length && BinaryPrimitives.ReadUInt16BigEndian(length) is >= 512 and var bytes
            ? bytes
            : 65_536;
    }

    private void Restrict(sqlite3 connection, FileStream file, SourceLimits limits)
    {
        foreach (var (limit, most) in ((int Limit, int Most)[])
        [
            // A row of it may be as long as the file: what is too long of it is not asked for.
            (raw.SQLITE_LIMIT_LENGTH, (int)Math.Clamp(file.Length, 4L * (limits.PropertyBytes + limits.Geometry.Bytes), MostRowBytes)),
            (raw.SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
            (raw.SQLITE_LIMIT_EXPR_DEPTH, 100),
            (raw.SQLITE_LIMIT_COMPOUND_SELECT, 2),
            (raw.SQLITE_LIMIT_FUNCTION_ARG, 10),
            (raw.SQLITE_LIMIT_ATTACHED, 0),
            (raw.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
            (raw.SQLITE_LIMIT_WORKER_THREADS, 0),
        ])
            raw.sqlite3_limit(connection, limit, most);
        foreach (var (setting, isOn) in ((int Setting, int IsOn)[])
        [
            (raw.SQLITE_DBCONFIG_ENABLE_VIEW, 0),
            (raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
            (raw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (raw.SQLITE_DBCONFIG_DEFENSIVE, 1),
        ])
        {
            if (raw.sqlite3_db_config(connection, setting, isOn, out _) is not raw.SQLITE_OK and var code)
                throw new InvalidOperationException($"SQLite does not take the setting {setting}: error {code}.");
        }

        _work.Watch(connection);
        Run("PRAGMA cell_size_check = ON");
        Run("PRAGMA query_only = ON");
    }

    private void Run(string pragma) => Rows(pragma, null, 1, CancellationToken.None);
}
