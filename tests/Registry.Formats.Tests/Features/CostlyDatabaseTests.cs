using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Registry.Formats.Features;
using Registry.Formats.GeoPackage;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Formats.Tests.Features;

/// <summary>GeoPackages that ask for work without end, by their schema or by their pages. The tests end because the reading does.</summary>
public sealed class CostlyDatabaseTests
{
    private const string Endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT";
    private const string Contents = "CREATE TABLE gpkg_contents(table_name TEXT, data_type TEXT); INSERT INTO gpkg_contents VALUES('t', 'features');";
    private const string Columns = "CREATE TABLE gpkg_geometry_columns(table_name TEXT, column_name TEXT, srs_id INT); INSERT INTO gpkg_geometry_columns VALUES('t', 'geom', 4326);";
    private const string Systems = "CREATE TABLE gpkg_spatial_ref_sys(srs_id INT, organization TEXT, organization_coordsys_id INT); INSERT INTO gpkg_spatial_ref_sys VALUES(4326, 'EPSG', 4326);";
    private const int LongPages = 10_000;
    private const string Features = "CREATE TABLE t(fid INTEGER PRIMARY KEY, geom BLOB, kind TEXT); INSERT INTO t(kind) VALUES('exploration');";

    public static TheoryData<string, string> NoTables => new()
    {
        // The input that was found, and the same of each other table that is read.
        { "gpkg_contents", $"{Columns}{Systems}{Features} CREATE VIEW gpkg_contents AS {Endless} 't' AS table_name, 'features' AS data_type FROM c WHERE x < 0;" },
        { "gpkg_geometry_columns", $"{Contents}{Systems}{Features} CREATE VIEW gpkg_geometry_columns AS {Endless} 't' AS table_name, 'geom' AS column_name, 4326 AS srs_id FROM c WHERE x < 0;" },
        { "gpkg_spatial_ref_sys", $"{Contents}{Columns}{Features} CREATE VIEW gpkg_spatial_ref_sys AS {Endless} 4326 AS srs_id, 'EPSG' AS organization, 4326 AS organization_coordsys_id FROM c WHERE x < 0;" },
        { "t", $"{Contents}{Columns}{Systems} CREATE VIEW t AS {Endless} x AS fid, NULL AS geom, 'exploration' AS kind FROM c;" },
        // A view that its row of the schema calls a table: SQLite does not take such a schema.
        {
            "damaged",
            $"""
            {Columns}{Systems}{Features} CREATE VIEW gpkg_contents AS {Endless} 't' AS table_name, 'features' AS data_type FROM c WHERE x < 0;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET type = 'table' WHERE name = 'gpkg_contents';
            """
        },
        // A view behind the name of another.
        {
            "damaged",
            $"""
            {Columns}{Systems}{Features} CREATE TABLE gpkg_content0(table_name TEXT, data_type TEXT);
            CREATE VIEW gpkg_contents AS {Endless} 't' AS table_name, 'features' AS data_type FROM c WHERE x < 0;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET type = 'table', name = 'other' WHERE name = 'gpkg_contents';
            UPDATE sqlite_master SET name = 'gpkg_contents' WHERE name = 'gpkg_content0';
            """
        },
        { "t", $"{Contents}{Columns}{Systems} CREATE VIRTUAL TABLE t USING fts5(geom, kind);" },
        // What is computed for each row, at a thousand times the row's size.
        { "geom", $"{Contents}{Columns}{Systems} CREATE TABLE t(fid INTEGER PRIMARY KEY, kind TEXT, geom BLOB AS (replace(hex(zeroblob(100000)), '0', '0000000000'))); INSERT INTO t(kind) VALUES('a');" },
    };

    [Theory]
    [MemberData(nameof(NoTables))]
    public async Task What_is_no_ordinary_table_is_refused(string name, string sql)
    {
        var (features, end) = await BadFileTests.Read("geopackage", BadFileTests.Database(sql));

        Assert.Empty(features);
        Assert.Contains(name, end!.Faults[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_that_hide_how_large_tables_are_change_nothing()
    {
        var rows = string.Create(CultureInfo.InvariantCulture,
            $"""
            {Contents}{Columns}{Systems}{Features}
            WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 9000) INSERT INTO gpkg_contents SELECT 'other' || x, 'features' FROM c;
            WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 9000) INSERT INTO gpkg_geometry_columns SELECT 'another' || x, 'geom', 4326 FROM c;
            ANALYZE;
            DELETE FROM sqlite_stat1;
            INSERT INTO sqlite_stat1 VALUES('gpkg_contents', NULL, '1'), ('gpkg_geometry_columns', NULL, '1');
            """);

        var (features, end) = await BadFileTests.Read("geopackage", BadFileTests.Database(rows));

        Assert.Null(end);
        Assert.Single(features);
    }

    [Theory]
    [InlineData("gpkg_contents")]
    [InlineData("t")]
    [InlineData("sqlite_stat1")]
    [InlineData("sqlite_schema")]
    public async Task A_tree_whose_pages_are_each_others_children_is_refused(string table)
    {
        var database = BadFileTests.Database(
            $"""
            PRAGMA page_size = 512;
            {Contents}{Columns}{Systems}{Features}
            WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 200) INSERT INTO gpkg_contents SELECT 'other' || x, 'attributes' FROM c;
            WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 200) INSERT INTO t(kind) SELECT 'exploration' FROM c;
            {string.Concat(Enumerable.Range(0, 20).Select(i => $"CREATE INDEX a_rather_long_name_of_an_index_{i:D2} ON t(kind);"))}
            ANALYZE;
            """);

        var (features, end) = await BadFileTests.Read("geopackage", Endlessly(database, RootOf(database, table)));

        Assert.NotNull(end);
        Assert.InRange(features.Count, 0, database.Length / 6 * 2);
    }

    // Each row has SQLite go through ten thousand pages to what stands behind its long value. Ten seconds would give thousands of rows.
    [Fact]
    public async Task Rows_whose_overflow_pages_follow_themselves_end_the_reading_by_the_pages_that_it_takes()
    {
        var database = BadFileTests.Database($"PRAGMA page_size = 512; {Contents}{Columns}{Systems} CREATE TABLE t(fid INTEGER PRIMARY KEY, long BLOB, geom BLOB, kind TEXT);");
        var root = RootOf(database, "t");
        var pages = database.Length / 512;
        Array.Resize(ref database, database.Length + (512 * LongPages));
        var leaf = database.AsSpan(pages * 512, 512);
        LongRows(leaf, overflow: pages + 2);
        BinaryPrimitives.WriteInt32BigEndian(database.AsSpan((pages + 1) * 512), pages + 2);
        BinaryPrimitives.WriteInt32BigEndian(database.AsSpan(28), pages + LongPages);
        leaf.CopyTo(database.AsSpan((root - 1) * 512));

        var (features, end) = await BadFileTests.Read("geopackage", Endlessly(database, root, leaf: pages + 1));

        Assert.Contains("more steps", end!.Faults[0].Detail, StringComparison.Ordinal);
        Assert.InRange(features.Count, 1, 300);
    }

    [Fact]
    public async Task Reading_stops_when_the_sender_has_left()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "file");
        await File.WriteAllBytesAsync(path, BadFileTests.Database($"{Contents}{Columns}{Systems}{Features}"));
        await using var stream = File.OpenRead(path);
        using var file = new GeoPackageFile(stream, SourceLimits.Default);
        using var sender = new CancellationTokenSource();
        // Gives a row, and then works for ever.
        using var rows = file.Query($"{Endless} x FROM c WHERE x < 2", null, sender.Token);
        Assert.True(rows.Read(sender.Token));

        await sender.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => rows.Read(sender.Token));
    }

    [Fact]
    public async Task A_statement_ends_after_more_steps_than_the_file_has_work_for()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "file");
        await File.WriteAllBytesAsync(path, BadFileTests.Database(Contents));
        await using var stream = File.OpenRead(path);
        using var file = new GeoPackageFile(stream, SourceLimits.Default);

        Assert.Throws<SourceException>(() => file.Rows($"{Endless} x FROM c WHERE x < 0", null, 1, CancellationToken.None));
    }

    // The schema's own root is page 1.
    private static int RootOf(byte[] database, string table)
    {
        if (table == "sqlite_schema")
            return 1;
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "read.gpkg");
        File.WriteAllBytes(path, database);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT rootpage FROM sqlite_master WHERE name = $name";
        command.Parameters.AddWithValue("$name", table);
        return (int)(long)command.ExecuteScalar()!;
    }

    // Twelve further levels between the root and its children, each page of which has one child many times over.
    private static byte[] Endlessly(byte[] database, int root) => Endlessly(database, root, Leaf(database, root));

    private static byte[] Endlessly(byte[] database, int root, int leaf)
    {
        const int page = 512, levels = 12;
        var pages = database.Length / page;
        var longer = new byte[database.Length + (levels * page)];
        database.CopyTo(longer, 0);
        BinaryPrimitives.WriteInt32BigEndian(longer.AsSpan(28), pages + levels);
        for (var level = 0; level < levels; level++)
            Interior(longer.AsSpan((pages + level) * page, page), 0, level + 1 < levels ? pages + level + 2 : leaf);
        Interior(longer.AsSpan((root - 1) * page, page), root == 1 ? 100 : 0, pages + 1);
        return longer;
    }

    // A page of a table that is no leaf: 40 cells of a child and a key (sqlite.org/fileformat2.html, section 1.6).
    private static void Interior(Span<byte> page, int start, int child)
    {
        const int cells = 40;
        page[start..].Clear();
        page[start] = 5;
        BinaryPrimitives.WriteUInt16BigEndian(page[(start + 3)..], cells);
        var content = page.Length - (cells * 5);
        BinaryPrimitives.WriteUInt16BigEndian(page[(start + 5)..], (ushort)content);
        BinaryPrimitives.WriteInt32BigEndian(page[(start + 8)..], child);
        for (var i = 0; i < cells; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(page[(start + 12 + (2 * i))..], (ushort)(content + (5 * i)));
            BinaryPrimitives.WriteInt32BigEndian(page[(content + (5 * i))..], child);
            page[content + (5 * i) + 4] = (byte)(i + 1);
        }
    }

    // A leaf of eight rows, each of a BLOB that is longer than is read, and a text of a byte (sections 1.5, 1.6 and 2.1).
    private static void LongRows(Span<byte> page, int overflow)
    {
        const int cells = 8, local = 39;
        // So long that as little as may be stands in the page. SQLite takes no row that is longer than the file.
        const int payload = local + (508 * (LongPages - 2));
        page.Clear();
        page[0] = 13;
        BinaryPrimitives.WriteUInt16BigEndian(page[3..], cells);
        var at = page.Length;
        for (var i = 0; i < cells; i++)
        {
            var cell = (List<byte>)[.. Varint(payload), (byte)(i + 1), 8, 0, .. Varint((2 * (payload - 9)) + 12), 0, 15];
            cell.AddRange(new byte[4 + 1 + local + 4 - cell.Count]);
            at -= cell.Count;
            cell.ToArray().CopyTo(page[at..]);
            BinaryPrimitives.WriteInt32BigEndian(page[(at + cell.Count - 4)..], overflow);
            BinaryPrimitives.WriteUInt16BigEndian(page[(8 + (2 * i))..], (ushort)at);
        }

        BinaryPrimitives.WriteUInt16BigEndian(page[5..], (ushort)at);
    }

    // Four bytes: each has seven bits, and one that says that another follows.
    private static byte[] Varint(int value) =>
        [(byte)(0x80 | (value >> 21)), (byte)(0x80 | ((value >> 14) & 0x7f)), (byte)(0x80 | ((value >> 7) & 0x7f)), (byte)(value & 0x7f)];

    // The leftmost leaf below a page.
    private static int Leaf(byte[] database, int page)
    {
        const int size = 512;
        var start = ((page - 1) * size) + (page == 1 ? 100 : 0);
        return database[start] switch
        {
            13 => page,
            5 => Leaf(database, BinaryPrimitives.ReadInt32BigEndian(
                database.AsSpan(((page - 1) * size) + BinaryPrimitives.ReadUInt16BigEndian(database.AsSpan(start + 12))))),
            var type => throw new InvalidOperationException($"Page {page} is of type {type}."),
        };
    }
}
