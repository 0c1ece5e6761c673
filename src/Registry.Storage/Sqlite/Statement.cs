using System.Text;
using Microsoft.Data.Sqlite;
using Registry.Actors.Journal;
using SQLitePCL;

namespace Registry.Storage.Sqlite;

/// <summary>
/// A prepared statement, used again and again. It goes to SQLite directly: a <see cref="SqliteCommand"/> builds a reader and a
/// parameter collection for each run, which costs more than the statements of an append do.
/// </summary>
/// <remarks>Parameters and columns are counted as SQLite counts them: parameters from 1, columns from 0.</remarks>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public Statement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Gives a parameter its value.</summary>
    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>Gives a parameter its value; null is NULL.</summary>
    public Statement Bind(int parameter, string? value)
    {
        if (value is null)
            Check(raw.sqlite3_bind_null(_statement, parameter));
        else if (value.Length > 256)
            Check(raw.sqlite3_bind_text(_statement, parameter, value));
        else
        {
            Span<byte> utf8 = stackalloc byte[value.Length * 3];
            Check(raw.sqlite3_bind_text(_statement, parameter, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        }

        return this;
    }

    /// <summary>Gives a parameter its value. SQLite copies the bytes.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0)
            : raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row. After the last one the statement is ready for its next run.</summary>
    /// <returns>False when there is no further row.</returns>
    /// <exception cref="SqliteException">A constraint of the schema is broken: a fault of the caller's.</exception>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
            Check(code);
        return false;
    }

    /// <summary>Runs to the end and counts the rows that were changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Leaves the rows that were not read, so that the statement is ready for its next run.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>The first column of the only row; null when there is no row. The statement is ready for its next run.</summary>
    public long? Scalar()
    {
        if (!Step())
            return null;
        var value = Long(0);
        Reset();
        return value;
    }

    /// <summary>A column of the row.</summary>
    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A column of the row.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    /// <summary>A column of the row; null where it is NULL.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A copy of a column of the row.</summary>
    public byte[] Blob(int column) => Bytes(column).ToArray();

    /// <summary>A column of the row, until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Whether a column of the row is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code == raw.SQLITE_OK)
            return;
        var fault = new SqliteException(raw.sqlite3_errmsg(_connection).utf8_to_string(), code & 0xff, code);
        if ((code & 0xff) == raw.SQLITE_CONSTRAINT)
            throw fault;
        throw new JournalUnavailableException("The journal's database failed.", fault);
    }
}
