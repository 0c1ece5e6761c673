using System.Diagnostics;
using System.Globalization;
using SQLitePCL;

namespace Registry.Formats.GeoPackage;

/// <summary>
/// What SQLite may do for one file: a number of steps and of pages that a sound file of its size never needs, some seconds, and as many bytes
/// of values as the file can hold. It ends a statement that passes one of them, or whose sender has left.
/// </summary>
/// <remarks>
/// A small file can ask for endless work in ways that its schema does not show: a b-tree whose pages have each other as children, an
/// overflow page that follows itself, statistics that hide a table's size from the planner.
/// </remarks>
/// <param name="fileBytes">The length of the file.</param>
/// <param name="pageBytes">The length of each of its pages.</param>
internal sealed class GeoPackageWork(long fileBytes, int pageBytes)
{
    // SQLite asks after so many steps of its virtual machine. One step can follow a chain of pages for milliseconds.
    private const int StepsBetweenQuestions = 100;

    private static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(10);

    // A row of a sound file has a byte for each column, which costs two steps, and some bytes and steps of its own.
    private readonly long _mostSteps = 2_000_000 + (8 * fileBytes);

    // A sound file has each page looked at some times. One row can have SQLite go through every page, which is one step.
    private readonly long _mostPages = (256_000_000 + (64 * fileBytes)) / pageBytes;

    // A column's default stands in the schema once and in no row.
    private readonly long _mostValueBytes = 1_000_000 + (4 * fileBytes);
    private readonly Stopwatch _time = new();
    private sqlite3? _connection;
    private CancellationToken _cancellation;
    private long _steps;
    private long _valueBytes;

    /// <summary>The most rows that a table of the file can hold: a row takes six bytes or more.</summary>
    public long MostRows => fileBytes / 6;

    /// <summary>Has SQLite ask before it goes on.</summary>
    public void Watch(sqlite3 connection)
    {
        _connection = connection;
        raw.sqlite3_progress_handler(connection, StepsBetweenQuestions, _ => IsToStop() ? 1 : 0, null);
    }

    /// <summary>Lets SQLite work, within what is left.</summary>
    /// <exception cref="SourceException">It was stopped.</exception>
    /// <exception cref="OperationCanceledException">The sender has left.</exception>
    public T Do<T>(Func<T> work, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _time.Start();
        try
        {
            return work();
        }
        catch (Microsoft.Data.Sqlite.SqliteException fault) when (fault.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new SourceException("Reading it takes more steps than a database of its size needs: it is damaged, or made to be slow.");
        }
        finally
        {
            _time.Stop();
        }
    }

    /// <summary>Counts the bytes of a value that was read.</summary>
    /// <exception cref="SourceException">They are more than the file holds.</exception>
    public void Count(long valueBytes)
    {
        if ((_valueBytes += valueBytes) > _mostValueBytes)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"Its rows give more than {_mostValueBytes:#,0} bytes, several times what it holds: it is damaged."));
    }

    private bool IsToStop() =>
        (_steps += StepsBetweenQuestions) > _mostSteps || Pages() > _mostPages || _time.Elapsed > s_mostTime || _cancellation.IsCancellationRequested;

    // Those that were in SQLite's cache and those that were not.
    private long Pages()
    {
        raw.sqlite3_db_status(_connection!, raw.SQLITE_DBSTATUS_CACHE_HIT, out var hits, out _, 0);
        raw.sqlite3_db_status(_connection!, raw.SQLITE_DBSTATUS_CACHE_MISS, out var misses, out _, 0);
        return (uint)hits + (long)(uint)misses;
    }
}
