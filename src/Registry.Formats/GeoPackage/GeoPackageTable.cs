using System.Globalization;
using Microsoft.Data.Sqlite;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoPackage;

/// <summary>The table of features of a GeoPackage.</summary>
/// <param name="Query">Selects its key or 0, its geometry, the bytes of its longest value, and its other columns; null for one that is too long.</param>
/// <param name="HasKey">Whether it has a key.</param>
/// <param name="Columns">The names of the other columns.</param>
/// <param name="System">What its positions are given in.</param>
internal sealed record GeoPackageTable(string Query, bool HasKey, IReadOnlyList<string> Columns, SourceSystem System)
{
    /// <summary>The place of the geometry in the query.</summary>
    public const int GeometryColumn = 1;

    /// <summary>The place of the bytes of the longest value.</summary>
    public const int LongestColumn = 2;

    /// <summary>The place of the first other column.</summary>
    public const int OtherColumns = 3;

    // A longest of so many at once: functions take few arguments.
    private const int MostArguments = 8;

    // A catalogue has a row for each layer; the reference systems of a whole register of them are some thousands.
    private const int MostCatalogued = 10_000;

    /// <summary>Finds the table.</summary>
    /// <exception cref="SourceException">There is none, or several, or its reference system is not read, or it is no ordinary table.</exception>
    /// <exception cref="SqliteException">The file is no GeoPackage, or is damaged.</exception>
    public static GeoPackageTable Find(GeoPackageFile file, SourceSystem? said, SourceLimits limits, CancellationToken cancellation)
    {
        // No WHERE and no JOIN: what indices and statistics of the file say is not asked.
        var layers = Catalogue("gpkg_contents", "table_name", "data_type").Where(row => row[1] is "features").Select(row => Text(row[0])).ToHashSet();
        if (layers.Count == 0)
            throw new SourceException("It holds no table of features.");
        var geometries = Catalogue("gpkg_geometry_columns", "table_name", "column_name", "srs_id").Where(row => layers.Contains(Text(row[0]))).ToList();
        if (geometries is not [[string name, string geometry, var system]])
            throw new SourceException(geometries.Count == 0 ? "It holds no table of features." : "It holds several tables of features; import them one by one.");
        var systems = Catalogue("gpkg_spatial_ref_sys", "srs_id", "organization", "organization_coordsys_id", "?definition");
        var read = SourceSystem.Of(SystemOf(systems.Find(row => Equals(row[0], system))), said)
            ?? throw new SourceException("It does not say what reference system its coordinates are of; send the parameter crs.");
        var (columns, key) = Describe(file, name, limits, cancellation);
        if (!columns.Contains(geometry))
            throw new SourceException($"\"{Shortened(name)}\" has no column \"{Shortened(geometry)}\", or a generated one.");
        var others = columns.Where(column => column != geometry && column != key).ToList();
        var values = others.Prepend(geometry).Select(Quoted).ToList();
        var most = MostBytes(limits);
        var selected = values.Select(value => string.Create(CultureInfo.InvariantCulture, $"CASE WHEN octet_length({value}) <= {most} THEN {value} END")).ToList();
        selected.Insert(0, key is null ? "0" : Quoted(key));
        selected.Insert(LongestColumn, Longest([.. values.Select(value => $"ifnull(octet_length({value}), 0)")]));
        return new GeoPackageTable($"SELECT {string.Join(", ", selected)} FROM {Quoted(name)} NOT INDEXED", key is not null, others, read);

        List<object?[]> Catalogue(string table, params string[] columns)
        {
            // A column behind a question mark may be missing.
            var known = Describe(file, table, limits, cancellation).Columns;
            var selected = Array.ConvertAll(columns, column => known.Contains(column.TrimStart('?'), StringComparer.OrdinalIgnoreCase) ? column.TrimStart('?')
                : column.StartsWith('?') ? "NULL" : throw new SourceException($"\"{table}\" is none of a GeoPackage."));
            var rows = file.Rows($"SELECT {string.Join(", ", selected)} FROM {table} NOT INDEXED", null, MostCatalogued + 1, cancellation);
            return rows.Count <= MostCatalogued ? rows
                : throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"\"{table}\" has more than {MostCatalogued:#,0} rows."));
        }
    }

    /// <summary>The most bytes of one value that is read.</summary>
    public static long MostBytes(SourceLimits limits) => (long)limits.PropertyBytes + limits.Geometry.Bytes;

    // 0 and -1 are systems that nothing is known of (OGC 12-128r19, section 1.1.2.1.2).
    private static SourceSystem? SystemOf(object?[]? row)
    {
        if (row is null or [0L or -1L, ..])
            return null;
        var (organization, code, definition) = (Text(row[1]), row[2] as long?, Text(row[3]));
        var name = string.Create(CultureInfo.InvariantCulture, $"{organization}:{code}");
        if (SourceSystemNames.Find(name) is { } known)
            return known;
        return WktNode.Read(definition) is not null ? WellKnownSystem.Read(definition, $"The row of {Shortened(name)}")
            : throw new SourceException($"Its coordinates are of {Shortened(name)}, which is not read. {SourceSystem.Remedy}");
    }

    private static string Longest(IReadOnlyList<string> lengths) => lengths.Count == 1
        ? lengths[0]
        : Longest([.. lengths.Chunk(MostArguments).Select(some => some.Length == 1 ? some[0] : $"max({string.Join(", ", some)})")]);

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
