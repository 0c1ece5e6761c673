using Microsoft.Data.Sqlite;
using Registry.Formats.Encodings;
using SQLitePCL;

namespace Registry.Formats.GeoPackage;

/// <summary>A value that is said to be text, and is not.</summary>
/// <param name="Fault">The place of the first byte that is at fault, from 0.</param>
/// <param name="Bytes">How many there are.</param>
internal sealed record NoText(int Fault, int Bytes);

/// <summary>The rows of one statement over a stranger's database, each within what SQLite may do.</summary>
internal sealed class GeoPackageRows : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly GeoPackageWork _work;
    private readonly SqliteDataReader _reader;

    public GeoPackageRows(SqliteConnection connection, GeoPackageWork work, string sql, object? value, CancellationToken cancellation)
    {
        _work = work;
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        if (value is not null)
            _command.Parameters.AddWithValue("$value", value);
        try
        {
            _reader = work.Do(_command.ExecuteReader, cancellation);
        }
        catch
        {
            _command.Dispose();
            throw;
        }
    }

    /// <summary>How many columns there are.</summary>
    public int Columns => _reader.FieldCount;

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="SourceException">It takes too long.</exception>
    /// <exception cref="SqliteException">The file is damaged.</exception>
    public bool Read(CancellationToken cancellation) => _work.Do(_reader.Read, cancellation);

    /// <summary>The value of a column of the row: a long, a double, a text, <see cref="NoText"/>, bytes, or null.</summary>
    /// <exception cref="SourceException">The rows give more than the file holds.</exception>
    public object? Value(int column)
    {
        if (_reader.IsDBNull(column))
            return null;
        var value = raw.sqlite3_column_type(_reader.Handle!, column) == raw.SQLITE_TEXT ? Text(column) : _reader.GetValue(column);
        _work.Count(value switch
        {
            string text => text.Length,
            byte[] bytes => bytes.Length,
            NoText { Bytes: var bytes } => bytes,
            _ => sizeof(long),
        });
        return value;
    }

    // SQLite keeps any bytes as text; its library for .NET reads those that are none as U+FFFD.
    private object Text(int column)
    {
        var statement = _reader.Handle!;
        // Turns UTF-16 into UTF-8, where the database is in that.
        raw.sqlite3_column_text(statement, column);
        var bytes = raw.sqlite3_column_blob(statement, column);
        var fault = EncodedText.TryRead(bytes, TextEncodings.Utf8, out var text);
        return text is null ? new NoText(fault, bytes.Length) : text;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _command.Dispose();
    }
}
