using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Registry.Formats.Features;
using SQLitePCL;

namespace Registry.Formats.GeoPackage;

/// <summary>Where the reading of a GeoPackage stands.</summary>
/// <remarks>
/// The file is a stranger's database. It is opened read-only and taken for unchanging, its schema is not trusted, only an ordinary table is
/// read, by its columns one by one, and no value longer than the limits is held.
/// </remarks>
internal sealed class GeoPackageWalk(FileStream file, SourceLimits limits) : FeatureWalk(limits), IDisposable
{
    private MappedDatabase? _database;
    private SqliteCommand? _command;
    private SqliteDataReader? _rows;
    private GeoPackageTable? _table;

    protected override ValueTask<SourceFeature?> Next(long index, CancellationToken cancellation)
    {
        if (_rows is null)
            Open();
        return _rows!.Read() ? new ValueTask<SourceFeature?>(FeatureOf(index)) : default;
    }

    protected override bool IsOfTheFile(Exception fault) => base.IsOfTheFile(fault) || fault is SqliteException;

    public void Dispose()
    {
        _rows?.Dispose();
        _command?.Dispose();
        _database?.Dispose();
    }

    private void Open()
    {
        _database = new MappedDatabase(file);
        var connection = _database.Connection;
        raw.sqlite3_limit(connection.Handle!, raw.SQLITE_LIMIT_LENGTH, 4 * (Limits.PropertyBytes + Limits.Geometry.Bytes));
        Run("PRAGMA trusted_schema = OFF");
        Run("PRAGMA cell_size_check = ON");
        Run("PRAGMA query_only = ON");
        _table = GeoPackageTable.Find(connection, Limits);
        _command = connection.CreateCommand();
        _command.CommandText = _table.Query;
        _rows = _command.ExecuteReader();
    }

    private void Run(string pragma)
    {
        using var command = _database!.Connection.CreateCommand();
        command.CommandText = pragma;
        command.ExecuteNonQuery();
    }

    private SourceFeature FeatureOf(long index)
    {
        var id = _table!.HasKey ? _rows!.GetInt64(0).ToString(CultureInfo.InvariantCulture) : null;
        try
        {
            var properties = Properties();
            var geometry = default(byte[]);
            if (!_rows!.IsDBNull(1))
            {
                if (_rows.GetValue(1) is not byte[] blob)
                    return SourceFeature.Refused(index, id, "/geometry", "The geometry is no BLOB.");
                if (GeoPackageGeometry.Read(blob, Limits.Geometry, out geometry) is { } fault)
                    return SourceFeature.Refused(index, id, "/geometry", fault);
            }

            return new SourceFeature { Index = index, Id = id, Properties = properties, Geometry = geometry };
        }
        catch (SourceException fault)
        {
            return SourceFeature.Refused(index, id, "", fault.Message);
        }
    }

    private JsonElement Properties()
    {
        var properties = new PropertyText(Limits);
        for (var i = 0; i < _table!.Columns.Count; i++)
        {
            var name = _table.Columns[i];
            switch (_rows!.GetValue(i + 2))
            {
                case string text:
                    properties.Add(name, text);
                    break;
                case long number:
                    properties.Add(name, number);
                    break;
                case double number:
                    properties.Add(name, number);
                    break;
            }
        }

        return properties.End();
    }
}
