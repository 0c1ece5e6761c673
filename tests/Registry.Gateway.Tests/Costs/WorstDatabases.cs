using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Registry.Gateway.Tests.Costs;

/// <summary>The worst GeoPackages that are known, of up to a million bytes each.</summary>
internal static class WorstDatabases
{
    private const string Catalogue =
        """
        CREATE TABLE gpkg_contents(table_name TEXT, data_type TEXT); INSERT INTO gpkg_contents VALUES('t', 'features');
        CREATE TABLE gpkg_geometry_columns(table_name TEXT, column_name TEXT, srs_id INT); INSERT INTO gpkg_geometry_columns VALUES('t', 'geom', 4326);
        CREATE TABLE gpkg_spatial_ref_sys(srs_id INT, organization TEXT, organization_coordsys_id INT); INSERT INTO gpkg_spatial_ref_sys VALUES(4326, 'EPSG', 4326);
        """;

    /// <summary>All of them.</summary>
    public static IEnumerable<(string What, byte[] File)> All()
    {
        yield return ("rows of a database", Database($"CREATE TABLE t(fid INTEGER PRIMARY KEY, geom BLOB, kind TEXT); {Rows(90_000, "INSERT INTO t(kind) SELECT NULL")}"));
        yield return ("columns of a database", Database($"CREATE TABLE t(fid INTEGER PRIMARY KEY, geom BLOB, {Columns(198, "TEXT")}); {Rows(2_200, $"INSERT INTO t SELECT NULL, NULL, {Many("1", 198)}")}"));
        // Rows that are older than their columns have them from the schema.
        yield return ("columns that were added", Database(
            $"CREATE TABLE t(fid INTEGER PRIMARY KEY, geom BLOB); {Rows(90_000, "INSERT INTO t(geom) SELECT NULL")} {string.Concat(Enumerable.Range(0, 198).Select(i => $"ALTER TABLE t ADD COLUMN {Column(i)} TEXT DEFAULT '1';"))}"));
        yield return ("long values that were added", Database(
            $"CREATE TABLE t(fid INTEGER PRIMARY KEY, geom BLOB); {Rows(9_000, "INSERT INTO t(geom) SELECT NULL")} ALTER TABLE t ADD COLUMN kind TEXT DEFAULT '{new string('x', 400_000)}';"));
        yield return ("geometries that are none", Database($"CREATE TABLE t(fid INTEGER PRIMARY KEY, geom BLOB, kind TEXT); {Rows(60_000, "INSERT INTO t(geom) SELECT x'475000'")}"));
        yield return ("a catalogue of thousands", Database(
            $"CREATE TABLE t(fid INTEGER PRIMARY KEY, geom BLOB); {Rows(9_900, "INSERT INTO gpkg_contents SELECT 't' || x, 'features'")} {Rows(9_900, "INSERT INTO gpkg_geometry_columns SELECT 'u' || x, 'geom', 4326")}"));
        yield return ("tables of thousands", Database(string.Concat(Enumerable.Range(0, 6_000).Select(i => $"CREATE TABLE t{i}(x);")), pageBytes: 512));
    }

    private static string Column(int number) => string.Create(CultureInfo.InvariantCulture, $"c{number}{new string('n', 190)}");

    private static string Columns(int count, string type) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"{Column(i)} {type}"));

    private static string Many(string value, int count) => string.Join(", ", Enumerable.Repeat(value, count));

    private static string Rows(int count, string insert) => string.Create(
        CultureInfo.InvariantCulture, $"WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < {count}) {insert} FROM c;");

    private static byte[] Database(string sql, int pageBytes = 4_096)
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
                command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA page_size = {pageBytes}; PRAGMA synchronous = OFF; BEGIN; {Catalogue} {sql} COMMIT;");
#pragma warning restore CA2100
                command.ExecuteNonQuery();
            }

            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
