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
    // A catalogue has a row for each layer; the reference systems of a whole register of them are some thousands.
    private const int MostCatalogued = 10_000;

    /// <summary>Finds the table.</summary>
    /// <exception cref="SourceException">There is none, or several, or it is not in WGS 84, or no ordinary table.</exception>
    /// <exception cref="SqliteException">The file is no GeoPackage, or is damaged.</exception>
    public static GeoPackageTable Find(GeoPackageFile file, SourceLimits limits, CancellationToken cancellation)
    {
        // No WHERE and no JOIN: what indices and statistics of the file say is not asked.
        var layers = Catalogue("gpkg_contents", "table_name", "data_type").Where(row => row[1] is "features").Select(row => Text(row[0])).ToHashSet();
        if (layers.Count == 0)
            throw new SourceException("It holds no table of features.");
        var geometries = Catalogue("gpkg_geometry_columns", "table_name", "column_name", "srs_id").Where(row => layers.Contains(Text(row[0]))).ToList();
        if (geometries is not [[string name, string geometry, var system]])
            throw new SourceException(geometries.Count == 0 ? "It holds no table of features." : "It holds several tables of features; import them one by one.");
        var systems = Catalogue("gpkg_spatial_ref_sys", "srs_id", "organization", "organization_coordsys_id");
        Require(systems.Find(row => Equals(row[0], system)));
        var (columns, key) = Describe(file, name, limits, cancellation);
        if (!columns.Contains(geometry))
            throw new SourceException($"\"{Shortened(name)}\" has no column \"{Shortened(geometry)}\", or a generated one.");
        var others = columns.Where(column => column != geometry && column != key).ToList();
        var selected = others.Prepend(geometry).Select(Quoted).Prepend(key is null ? "0" : Quoted(key));
        return new GeoPackageTable($"SELECT {string.Join(", ", selected)} FROM {Quoted(name)} NOT INDEXED", key is not null, others);

        List<object?[]> Catalogue(string table, params string[] columns)
        {
            if (columns.Except(Describe(file, table, limits, cancellation).Columns, StringComparer.OrdinalIgnoreCase).Any())
                throw new SourceException($"\"{table}\" is none of a GeoPackage.");
            var rows = file.Rows($"SELECT {string.Join(", ", columns)} FROM {table} NOT INDEXED", null, MostCatalogued + 1, cancellation);
            return rows.Count <= MostCatalogued ? rows
                : throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"\"{table}\" has more than {MostCatalogued:#,0} rows."));
        }
    }

    private static void Require(object?[]? system)
    {
        if (system is not [_, string organization, long code] || !organization.Equals("EPSG", StringComparison.OrdinalIgnoreCase) || code != Wgs84.Srid)
        {
            throw new SourceException(
                $"Its coordinates are of {Shortened(Text(system?[1]))}:{system?[2] as long?}; only WGS 84 in degrees (EPSG:4326) is read. Transform it first: ogr2ogr -t_srs EPSG:4326.");
        }
    }

    /// <summary>The columns of an ordinary table that are stored, and its key if it has one that is always a whole number.</summary>
    /// <remarks>What a view, a virtual table or a generated column gives is the outcome of a program, which can be without end.</remarks>
    private static (IReadOnlyList<string> Columns, string? Key) Describe(GeoPackageFile file, string table, SourceLimits limits, CancellationToken cancellation)
    {
        // The type is that of the schema as SQLite has read it. The text shows what a row of the schema only claims to be.
        var types = file.Rows("SELECT type, wr FROM pragma_table_list($value) WHERE schema = 'main'", table, 2, cancellation);
        if (types is not [["table", long withoutRowId]])
            throw new SourceException($"\"{Shortened(table)}\" is no ordinary table.");
        var columns = file.Rows("SELECT name, pk, type, hidden FROM pragma_table_xinfo($value)", table, limits.Columns + 1, cancellation);
        if (columns.Count > limits.Columns)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The table has more than {limits.Columns} columns."));
        columns.ForEach(column => limits.CheckName(Text(column[0])));
        var stored = columns.Where(column => column[3] is 0L).Select(column => Text(column[0])).ToList();
        var keys = columns.Where(column => column[1] is not 0L).ToList();
        var key = withoutRowId == 0 && keys is [var only] && Text(only[2]).Equals("INTEGER", StringComparison.OrdinalIgnoreCase) ? Text(only[0]) : null;
        return (stored, key);
    }

    // Names are the file's; a sentence shows as much as helps.
    private static string Shortened(string name) => name.Length <= 40 ? name : $"{name[..40]}...";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(object? value) => value as string ?? "";
}
