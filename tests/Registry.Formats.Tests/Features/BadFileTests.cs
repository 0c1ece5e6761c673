using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Registry.Formats.Csv;
using Registry.Formats.Features;
using Registry.Formats.FlatGeobuf;
using Registry.Formats.GeoJson;
using Registry.Formats.GeoPackage;
using Registry.Formats.Kml;
using Registry.Formats.Shapefile;
using Registry.Formats.Tests.FlatGeobuf;
using Registry.Gateway.Tests.Acceptance;
using Registry.Gateway.Tests.Imports;

namespace Registry.Formats.Tests.Features;

/// <summary>Files that are damaged, or made to do harm: each is refused in words, and none throws.</summary>
public sealed class BadFileTests
{
    private const string Wgs84 =
        """GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";

    private const string Square =
        """{"type":"Polygon","coordinates":[[[70,49],[70.03333333333333,49],[70.03333333333333,49.03333333333333],[70,49.03333333333333],[70,49]]]}""";

    public static TheoryData<string> Formats => ["geojson", "sequence", "csv", "kml", "shapefile", "flatgeobuf", "geopackage"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_sound_file_is_read_whole(string format)
    {
        var (features, end) = await Read(format, Sound(format));

        Assert.Null(end);
        Assert.Equal(3, features.Count);
        Assert.All(features, feature => Assert.True(feature.Faults.Count == 0 && feature.Geometry is not null));
        Assert.Equal(["a", "b", "c"], features.Select(feature => feature.Properties.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task A_GeoPackage_that_was_written_by_a_log_is_read()
    {
        var file = Sound("geopackage");
        (file[18], file[19]) = (2, 2);

        var (features, end) = await Read("geopackage", file);

        Assert.Null(end);
        Assert.Equal(3, features.Count);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_file_cut_short_anywhere_gives_no_feature_that_it_did_not_hold(string format)
    {
        var sound = Sound(format);
        var random = new Random(20_270_514);
        for (var i = 0; i < 60; i++)
        {
            var (features, end) = await Read(format, sound[..random.Next(sound.Length)]);
            // A text that is cut between two features is a shorter one; only formats that say their length can tell.
            Assert.True(features.Count <= 3);
            Assert.True(end is not null || features.Count < 3 || features.Exists(feature => feature.Faults.Count > 0) || format is "csv" or "sequence" or "geojson");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_file_with_bytes_changed_anywhere_is_read_or_refused(string format)
    {
        var random = new Random(20_270_515);
        for (var i = 0; i < 60; i++)
        {
            var file = Sound(format);
            for (var changes = random.Next(1, 8); changes > 0; changes--)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            var (features, _) = await Read(format, file);
            Assert.True(features.Count <= 1_000);
        }
    }

    [Theory]
    [InlineData("""<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><Placemark><name>&x;</name></Placemark></kml>""")]
    [InlineData("""<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><kml><Placemark><name>&c;</name></Placemark></kml>""")]
    [InlineData("""<kml><Document><NetworkLink><Link><href>http://127.0.0.1/</href></Link></NetworkLink></Document></kml>""")]
    [InlineData("<gml/>")]
    [InlineData("<kml>&undeclared;</kml>")]
    public async Task A_document_that_declares_links_or_is_another_is_refused(string kml)
    {
        var (features, end) = await Read("kml", Encoding.UTF8.GetBytes(kml));

        Assert.Empty(features);
        Assert.NotNull(end);
    }

    [Fact]
    public async Task A_document_that_nests_without_end_is_refused()
    {
        var (_, end) = await Read("kml", Encoding.UTF8.GetBytes("<kml>" + string.Concat(Enumerable.Repeat("<Folder>", 100_000))));

        Assert.Contains("nest deeper", end!.Faults[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shapefile_without_a_projection_is_refused_by_name()
    {
        Assert.Contains(".prj", (await Shapefile(null)).Faults[0].Detail, StringComparison.Ordinal);
        Assert.Contains(
            "Pulkovo", (await Shapefile("""PROJCS["Pulkovo 1942 / Gauss-Kruger zone 13",GEOGCS["Pulkovo 1942"]]""")).Faults[0].Detail, StringComparison.Ordinal);
        Assert.Contains("another reference system", (await Shapefile(Wgs84.Replace("WGS_1984", "Pulkovo_1942", StringComparison.Ordinal))).Faults[0].Detail, StringComparison.Ordinal);

        static async Task<SourceFeature> Shapefile(string? prj) => (await Read("shapefile", ShapefileOf(prj))).End!;
    }

    [Fact]
    public async Task An_archive_that_is_a_bomb_or_leads_elsewhere_is_refused()
    {
        var zeros = new byte[64 * 1024 * 1024];
        await IsRefused("inflates more than", ("a.shp", zeros), ("a.prj", Encoding.UTF8.GetBytes(Wgs84)));
        await IsRefused("more than 32 entries", [.. Enumerable.Range(0, 1_000).Select(at => ($"{at}.shp", new byte[1]))]);
        await IsRefused("another archive", ("a.shp", new byte[1]), ("inner.zip", new byte[1]));
        await IsRefused("leads elsewhere", ("../a.shp", new byte[1]));
        await IsRefused("leads elsewhere", ("/a.shp", new byte[1]));
        await IsRefused("leads elsewhere", ("..\\a.shp", new byte[1]));
        await IsRefused("twice", ("a.shp", new byte[1]), ("A.SHP", new byte[1]));
        await IsRefused("several shapefiles", ("a.shp", new byte[1]), ("b.shp", new byte[1]));
        await IsRefused("no shapefile", ("a.txt", new byte[1]));

        static async Task IsRefused(string because, params (string Name, byte[] Content)[] entries)
        {
            var (features, end) = await Read("shapefile", Gdal.Zip(entries));
            Assert.Empty(features);
            Assert.Contains(because, end!.Faults[0].Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_archive_that_lies_about_how_much_it_inflates_to_is_refused()
    {
        var file = ShapefileOf(Wgs84);
        // The inflated length of the first entry, in the directory.
        var directory = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x50, 0x4b, 0x01, 0x02]);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(directory + 24), 50);

        var (features, end) = await Read("shapefile", file);

        Assert.Empty(features);
        Assert.NotNull(end);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_polygon_of_a_hundred_thousand_points_is_refused_and_the_next_is_read(string format)
    {
        var ring = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
            ring.Append(CultureInfo.InvariantCulture, $"[{70 + (Math.Cos(i * Math.PI / 50_000) / 10):F6},{49 + (Math.Sin(i * Math.PI / 50_000) / 10):F6}],");
        var large = $$"""{"type":"Polygon","coordinates":[[{{ring}}[70.1,49.0]]]}""";

        var (features, end) = await Read(format, FileOf(format, [("large", large), ("small", Square)]));

        Assert.Null(end);
        Assert.NotEmpty(features[0].Faults);
        Assert.Empty(features[1].Faults);
    }

    [Fact]
    public async Task A_database_that_is_no_geopackage_or_whose_table_is_a_view_is_refused()
    {
        var noTable = Database("CREATE TABLE x (y)");
        var view = Database(
            """
            CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
            INSERT INTO gpkg_contents VALUES ('v', 'features');
            INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 4326);
            INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326);
            CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i AS fid, x'00' AS geom FROM n;
            """);

        Assert.NotNull((await Read("geopackage", noTable)).End);
        Assert.Contains("no ordinary table", (await Read("geopackage", view)).End!.Faults[0].Detail, StringComparison.Ordinal);
    }

    private static byte[] Sound(string format) => FileOf(format, [("a", Square), ("b", Square), ("c", Square)]);

    private static byte[] FileOf(string format, (string Name, string Geometry)[] features) => format switch
    {
        "geojson" => Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{string.Join(",", features.Select(Feature))}}]}"""),
        "sequence" => Encoding.UTF8.GetBytes(string.Concat(features.Select(feature => $"\u001e{Feature(feature)}\n"))),
        "csv" => Encoding.UTF8.GetBytes(string.Concat(features.Select(feature => $"{feature.Name},\"POLYGON (({Positions(feature.Geometry, " ", ", ")}))\"\n").Prepend("name,WKT\n"))),
        "kml" => Encoding.UTF8.GetBytes(string.Concat((string[])
        [
            "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>",
            .. features.Select(feature => $"<Placemark><name>{feature.Name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{Positions(feature.Geometry, ",", " ")}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"),
            "</Document></kml>",
        ])),
        "shapefile" => ShapefileOf(Wgs84, features),
        "flatgeobuf" => FlatFile.Of(features.Select(feature => (feature.Name, Ring(feature.Geometry)))),
        _ => GeoPackageOf(features),
    };

    private static string Feature((string Name, string Geometry) feature) =>
        $$$"""{"type":"Feature","geometry":{{{feature.Geometry}}},"properties":{"name":"{{{feature.Name}}}"}}""";

    private static string Positions(string geometry, string within, string between) =>
        string.Join(between, Ring(geometry).Select(position => string.Create(CultureInfo.InvariantCulture, $"{position.X:R}{within}{position.Y:R}")));

    private static (double X, double Y)[] Ring(string geometry)
    {
        using var document = System.Text.Json.JsonDocument.Parse(geometry);
        return [.. document.RootElement.GetProperty("coordinates")[0].EnumerateArray().Select(position => (position[0].GetDouble(), position[1].GetDouble()))];
    }

    private static byte[] ShapefileOf(string? prj, params (string Name, string Geometry)[] features)
    {
        var (shp, dbf) = (new MemoryStream(), new MemoryStream());
        using var shapes = new BinaryWriter(shp);
        using var table = new BinaryWriter(dbf);
        var header = new byte[100];
        BinaryPrimitives.WriteInt32BigEndian(header, 9994);
        shapes.Write(header);
        table.Write((byte)3);
        table.Write(new byte[3]);
        table.Write(features.Length);
        table.Write((short)65);
        table.Write((short)11);
        table.Write(new byte[20]);
        table.Write([.. "name"u8, .. new byte[7], (byte)'C', .. new byte[4], 10, .. new byte[15], 0x0D]);
        foreach (var (name, geometry) in features)
        {
            // Clockwise, as outer rings are in a shapefile.
            var ring = Ring(geometry).Reverse().ToArray();
            var record = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(4), (48 + (16 * ring.Length)) / 2);
            shapes.Write(record);
            shapes.Write(5);
            shapes.Write(new byte[32]);
            shapes.Write(1);
            shapes.Write(ring.Length);
            shapes.Write(0);
            foreach (var (x, y) in ring)
            {
                shapes.Write(x);
                shapes.Write(y);
            }

            table.Write((byte)' ');
            table.Write(Encoding.ASCII.GetBytes(name.PadRight(10)));
        }

        var entries = new List<(string, byte[])> { ("a.shp", shp.ToArray()), ("a.dbf", dbf.ToArray()) };
        if (prj is not null)
            entries.Add(("a.prj", Encoding.UTF8.GetBytes(prj)));
        return Gdal.Zip(entries);
    }

    private static byte[] GeoPackageOf((string Name, string Geometry)[] features)
    {
        var rows = features.Select(feature =>
        {
            var ring = Ring(feature.Geometry);
            using var blob = new MemoryStream();
            using var writer = new BinaryWriter(blob);
            writer.Write([.. "GP"u8, 0, 1]);
            writer.Write(4326);
            writer.Write((byte)1);
            writer.Write(3);
            writer.Write(1);
            writer.Write(ring.Length);
            foreach (var (x, y) in ring)
            {
                writer.Write(x);
                writer.Write(y);
            }

            return $"INSERT INTO f (geom, name) VALUES (x'{Convert.ToHexString(blob.ToArray())}', '{feature.Name}');";
        });
        return Database(
            $"""
            CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
            INSERT INTO gpkg_contents VALUES ('f', 'features');
            INSERT INTO gpkg_geometry_columns VALUES ('f', 'geom', 4326);
            INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326);
            CREATE TABLE f (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);
            {string.Concat(rows)}
            """);
    }

    internal static byte[] Database(string sql)
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "made.gpkg");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        return File.ReadAllBytes(path);
    }

    internal static async Task<(List<SourceFeature> Features, SourceFeature? End)> Read(string format, byte[] file)
    {
        IFeatureSource source = format switch
        {
            "geojson" => new GeoJsonSource(),
            "sequence" => new GeoJsonSequenceSource(),
            "csv" => new CsvSource(),
            "kml" => new KmlSource(),
            "shapefile" => new ShapefileSource(),
            "flatgeobuf" => new FlatGeobufSource(),
            _ => new GeoPackageSource(),
        };
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "file");
        await File.WriteAllBytesAsync(path, file);
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        // As a file that is being imported is: without a name.
        File.Delete(path);
        var features = new List<SourceFeature>();
        await foreach (var feature in source.Read(stream, SourceLimits.Default, CancellationToken.None))
        {
            if (feature.IsEndOfReading)
                return (features, feature);
            features.Add(feature);
        }

        return (features, null);
    }
}
