using System.Globalization;
using Microsoft.Data.Sqlite;
using Registry.Core.GeoJson;
using Registry.Formats.Features;

namespace Registry.Formats.GeoPackage;

/// <summary>The table of features of a GeoPackage.</summary>
/// <param name="Query">Selects its key or 0, its geometry, and its other columns.</param>
/// <param name="HasKey">Whether it has a key.</param>
/// <param name="Columns">The names of the other columns.</param>
internal sealed record GeoPackageTable(string Query, bool HasKey, IReadOnlyList<string> Columns)
{
    /// <summary>Finds the table.</summary>
    /// <exception cref="SourceException">There is none, or several, or it is not in WGS 84, or no ordinary table.</exception>
    /// <exception cref="SqliteException">The file is no GeoPackage, or is damaged.</exception>
    public static GeoPackageTable Find(SqliteConnection connection, SourceLimits limits)
    {
        var tables = Rows(connection,
            """
            SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id
            FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
            LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
            WHERE c.data_type = 'features' LIMIT 2
            """, null);
        if (tables is not [var found])
            throw new SourceException(tables.Count == 0 ? "It holds no table of features." : "It holds several tables of features; import them one by one.");
        var (name, geometry) = (Text(found[0]), Text(found[1]));
        if (!Text(found[2]).Equals("EPSG", StringComparison.OrdinalIgnoreCase) || found[3] is not (long)Wgs84.Srid)
        {
            throw new SourceException(
                $"Its coordinates are of {Shortened(Text(found[2]))}:{found[3]}; only WGS 84 in degrees (EPSG:4326) is read. Transform it first: ogr2ogr -t_srs EPSG:4326.");
        }

        if (Rows(connection, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = $name", name) is not [[string sql]]
            || !sql.TrimStart().StartsWith("CREATE TABLE", StringComparison.OrdinalIgnoreCase))
            throw new SourceException($"\"{Shortened(name)}\" is no ordinary table.");
        return Describe(connection, name, geometry, limits);
    }

    private static GeoPackageTable Describe(SqliteConnection connection, string name, string geometry, SourceLimits limits)
    {
        var columns = Rows(connection, "SELECT name, pk, type FROM pragma_table_info($name)", name);
        if (columns.Count > limits.Columns)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The table has more than {limits.Columns} columns."));
        var keys = columns.Where(column => column[1] is not 0L).ToList();
        // Only such a key is always a whole number.
        var key = keys is [var only] && Text(only[2]).Equals("INTEGER", StringComparison.OrdinalIgnoreCase) ? Text(only[0]) : null;
        var others = columns.Select(column => Text(column[0])).Where(column => column != geometry && column != key).ToList();
        var selected = others.Prepend(geometry).Select(Quoted).Prepend(key is null ? "0" : Quoted(key));
        var order = key is null ? "" : $" ORDER BY {Quoted(key)}";
        return new GeoPackageTable($"SELECT {string.Join(", ", selected)} FROM {Quoted(name)}{order}", key is not null, others);
    }

    // Names are the file's; a sentence shows as much as helps.
    private static string Shortened(string name) => name.Length <= 40 ? name : $"{name[..40]}...";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(object? value) => value as string ?? "";

    private static List<object?[]> Rows(SqliteConnection connection, string sql, string? name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (name is not null)
            command.Parameters.AddWithValue("$name", name);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }
}
