using Microsoft.Data.Sqlite;
using Registry.Formats.Features;

namespace Registry.Formats.GeoPackage;

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

    /// <summary>The value of a column of the row: a long, a double, a text, bytes, or null.</summary>
    /// <exception cref="SourceException">The rows give more than the file holds.</exception>
    public object? Value(int column)
    {
        if (_reader.IsDBNull(column))
            return null;
        var value = _reader.GetValue(column);
        _work.Count(value switch
        {
            string text => text.Length,
            byte[] bytes => bytes.Length,
            _ => sizeof(long),
        });
        return value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _command.Dispose();
    }
}
