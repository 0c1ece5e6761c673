using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using SQLitePCL;

namespace Registry.Formats.GeoPackage;

/// <summary>Where the reading of a GeoPackage stands.</summary>
internal sealed class GeoPackageWalk(FileStream file, SourceSystem? said, SourceLimits limits) : FeatureWalk(limits), IDisposable
{
    private GeoPackageFile? _file;
    private GeoPackageTable? _table;
    private GeoPackageRows? _rows;

    protected override ValueTask<SourceFeature?> Next(long index, CancellationToken cancellation)
    {
        if (_rows is null)
            Open(cancellation);
        if (!_rows!.Read(cancellation))
            return default;
        return index < _file!.Work.MostRows
            ? new ValueTask<SourceFeature?>(FeatureOf(index))
            : throw new SourceException("It gives more rows than it can hold: it is damaged.");
    }

    protected override bool IsOfTheFile(Exception fault) => base.IsOfTheFile(fault) || fault is SqliteException;

    // Error 1 is a table or a column that is not there.
    protected override string WordsOf(Exception fault) => fault is not SqliteException sqlite ? fault.Message : sqlite.SqliteErrorCode switch
    {
        raw.SQLITE_ERROR => "It holds no table of features.",
        raw.SQLITE_NOTADB => "It is no SQLite database, or is encrypted.",
        raw.SQLITE_CORRUPT => "The database is damaged.",
        _ => string.Create(CultureInfo.InvariantCulture, $"The database cannot be read (SQLite's error {sqlite.SqliteErrorCode})."),
    };

    public void Dispose()
    {
        _rows?.Dispose();
        _file?.Dispose();
    }

    private void Open(CancellationToken cancellation)
    {
        _file = new GeoPackageFile(file, Limits);
        _table = GeoPackageTable.Find(_file, said, Limits, cancellation);
        _rows = _file.Query(_table.Query, null, cancellation);
    }

    private SourceFeature FeatureOf(long index)
    {
        var id = _table!.HasKey && _rows!.Value(0) is long key ? key.ToString(CultureInfo.InvariantCulture) : null;
        // Before anything that is the fault of the feature alone: what the rows give is counted for the file.
        var values = new object?[_table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = _rows!.Value(i + GeoPackageTable.OtherColumns);
        var given = _rows!.Value(GeoPackageTable.GeometryColumn);
        if (_rows.Value(GeoPackageTable.LongestColumn) is long longest && longest > GeoPackageTable.MostBytes(Limits))
            return SourceFeature.Refused(index, id, "", string.Create(CultureInfo.InvariantCulture, $"The row has a value of {longest:#,0} bytes; {GeoPackageTable.MostBytes(Limits):#,0} are read."));
        try
        {
            var properties = Properties(values);
            var geometry = default(byte[]);
            if (given is not null)
            {
                if (given is not byte[] blob)
                    return SourceFeature.Refused(index, id, "/geometry", "The geometry is no BLOB.");
                if (GeoPackageGeometry.Read(blob, Limits.Geometry, _table.System, out geometry) is { } fault)
                    return SourceFeature.Refused(index, id, "/geometry", fault);
            }

            return new SourceFeature { Index = index, Id = id, Properties = properties, Geometry = geometry };
        }
        catch (SourceException fault)
        {
            return SourceFeature.Refused(index, id, "", fault.Message);
        }
    }

    private JsonElement Properties(object?[] values)
    {
        var properties = new PropertyText(Limits);
        for (var i = 0; i < values.Length; i++)
        {
            var name = _table!.Columns[i];
            switch (values[i])
            {
                case string text:
                    properties.Add(name, text);
                    break;
                case NoText { Fault: var fault }:
                    throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"Column \"{JsonTokens.Shortened(name)}\" is not UTF-8, as the file says (its byte {fault})."));
                case byte[] bytes:
                    properties.AddBytes(name, bytes.Length);
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
