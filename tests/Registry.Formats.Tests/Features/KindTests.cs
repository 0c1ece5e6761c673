using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Registry.Formats.Encodings;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.Tests.Shapefile;

namespace Registry.Formats.Tests.Features;

/// <summary>Kinds of files that programs in the field write, a few of each kind.</summary>
public sealed class KindTests
{
    private const string Point = "<Point><coordinates>71,49</coordinates></Point>";
    private const string Ring = "<LinearRing><coordinates>71,49 71.1,49 71.1,49.1 71,49</coordinates></LinearRing>";

    [Theory]
    [InlineData("name;lon;lat;;\r\na;71,5;49,5;;\r\nb;71;49\r\n", "a", "b")]
    [InlineData("\"sep=;\"\r\nname;lon;lat\r\na;71;49\r\n", "a")]
    [InlineData("\u00a0name\u00a0; Lon ;LAT\r\na;71;49\r\n", "a")]
    [InlineData("name,lng,lat\r\na,\"71,5\",\"49,5\"\r\n", "a")]
    [InlineData("name,WKT\na,SRID=32642;POINT (500000 5400000)\nb,SRID=4326;POINT Z (71 49 3)\n", "a", "b")]
    public async Task Tables_of_spreadsheets(string table, params string[] names)
    {
        var reading = await Reading.Of(Encoding.UTF8.GetBytes(table), "csv");

        Assert.Null(reading.End);
        Assert.Empty(reading.Refusals);
        Assert.Equal(names, reading.Names);
        Assert.All(reading.Features, feature => Assert.NotNull(feature.Geometry));
    }

    [Theory]
    [InlineData("name;lon;lat;;\r\na;71;49;x;\r\n", "Line 2: The row has 4 fields where the header has 3.")]
    [InlineData("name,WKT\na,SRID=20012;POINT (1 2)\n", "Line 2: The text names a reference system that is not read, \"SRID=20012\". Transform it first: ogr2ogr -t_srs EPSG:4326.")]
    [InlineData("name,WKT\na,CIRCULARSTRING (1 2)\n", "Line 2: The text is no well-known text of a point, line or polygon: it begins with \"CIRCULARSTRING\".")]
    [InlineData("name,WKT\na,POINT EMPTY x\n", "Line 2: The well-known text makes no sense from character 13 on.")]
    public async Task Rows_that_say_something_else(string table, string why) =>
        Assert.Equal([why], (await Reading.Of(Encoding.UTF8.GetBytes(table), "csv")).Refusals);

    [Fact]
    public async Task Rows_longer_than_any_are_refused_alone_with_their_lines()
    {
        var table = $"name,lon,lat\na,71,49\n\"{new string('x', 10)}{string.Concat(Enumerable.Repeat("y\r\n", 700_000))}\",1,2\nb,71,49\n{new string('z', 2_100_000)},71,49\nc,71,49\nd,x,49\n";

        var reading = await Reading.Of(Encoding.UTF8.GetBytes(table), "csv");

        Assert.Null(reading.End);
        Assert.Equal(["a", "b", "c"], reading.Names);
        Assert.Equal(
            [
                "Line 3: The row is longer than 2,000,000 characters; is a quote not closed?",
                "Line 700005: The row is longer than 2,000,000 characters; is a quote not closed?",
                "Line 700007: \"x\" is no number of degrees.",
            ],
            reading.Refusals);
    }

    [Theory]
    [InlineData("windows-1251")]
    [InlineData("cp866")]
    public async Task Text_that_claims_a_code_page_and_is_utf_8_is_refused(string encoding)
    {
        var named = TextEncodings.Find(encoding)!;

        Assert.Contains("all of it is UTF-8", (await Reading.Of("name,lon,lat\nМедь,71,49\n"u8.ToArray(), "csv", named)).End, StringComparison.Ordinal);
        Assert.Contains(
            "all of it is UTF-8",
            (await Reading.Of(Encoding.UTF8.GetBytes($"<?xml version='1.0' encoding='{encoding}'?><kml><Placemark><name>Медь</name>{Point}</Placemark></kml>"), "kml")).End,
            StringComparison.Ordinal);
        Assert.Contains(
            "all of it is UTF-8", (await Reading.Of((PointShapefile.Of(Encoding.UTF8, "Медь", "Ёлка") with { Cpg = encoding }).ToZip(), "zip")).End, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", false, "and is not: its letters have one byte each where it says so")]
    [InlineData("utf-8", true, "and is not: its letters have two bytes each where it says so")]
    [InlineData("klingon", false, "The document says that it is in \"klingon\", which is not read.")]
    public async Task Documents_that_declare_another_encoding(string declared, bool isWide, string why)
    {
        var document = $"<?xml version=\"1.0\" encoding=\"{declared}\"?><kml><Placemark><name>Медь</name>{Point}</Placemark></kml>";

        Assert.Contains(why, (await Reading.Of((isWide ? Encoding.Unicode : Encoding.UTF8).GetBytes(document), "kml")).End, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<Placemark><name>a</name><foo:bar gxx:id='1'/>" + Point + "</Placemark>")]
    [InlineData("<Placemark><name><![CDATA[a]]></name><description><![CDATA[<b>&nbsp;</b>]]></description>" + Point + "</Placemark>")]
    [InlineData("<Placemark><ExtendedData><c:name>a</c:name></ExtendedData>" + Point + "</Placemark>")]
    [InlineData("<Folder><Folder><Placemark><ExtendedData><SchemaData><SimpleData name='Name'>a</SimpleData></SchemaData></ExtendedData>" + Point + "</Placemark></Folder></Folder>")]
    [InlineData("<Placemark><name>a</name>" + Ring + "</Placemark>")]
    [InlineData("<Placemark><name>a</name><MultiGeometry><MultiGeometry>" + Point + "</MultiGeometry></MultiGeometry></Placemark>")]
    public async Task Placemarks_of_many_programs(string placemark)
    {
        foreach (var root in (string[])["<kml>", "<kml xmlns='http://earth.google.com/kml/2.0'>", "<kml xmlns='http://www.opengis.net/kml/2.3'>"])
        {
            var reading = await Reading.Of(Encoding.UTF8.GetBytes($"{root}<Document>{placemark}</Document></kml>"), "kml");
            Assert.Null(reading.End);
            Assert.Equal(["a"], reading.Names);
            Assert.NotNull(reading.Features[0].Geometry);
        }
    }

    [Theory]
    [InlineData("<Polygon><outerBoundaryIs>" + Ring + Ring + "</outerBoundaryIs></Polygon>", "several types")]
    [InlineData("<Polygon><coordinates>71,49 71.1,49 71.1,49.1 71,49</coordinates></Polygon>", "stand outside its boundaries")]
    [InlineData("<MultiGeometry><Polygon><outerBoundaryIs>" + Ring + "</outerBoundaryIs></Polygon>" + Ring + "</MultiGeometry>", "several types, Polygon and LineString")]
    [InlineData("<Point><coordinates>71,49</coordinates><coordinates>72,49</coordinates></Point>", "A Point has coordinates twice")]
    [InlineData("<ExtendedData><Data><value>x</value></Data></ExtendedData>" + Point, "A Data has no name")]
    [InlineData("<gx:Track><gx:coord>71 49 0</gx:coord></gx:Track>", "A Track is not read")]
    public async Task A_placemark_that_would_lose_something_is_refused_alone(string inner, string why)
    {
        var reading = await Reading.Of(
            Encoding.UTF8.GetBytes($"<kml><Document><Placemark><name>a</name>{inner}</Placemark><Placemark><name>b</name>{Point}</Placemark></Document></kml>"), "kml");

        Assert.Null(reading.End);
        Assert.Equal(["b"], reading.Names);
        Assert.Contains(why, Assert.Single(reading.Refusals), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("geojson")]
    [InlineData("geojsonl")]
    public async Task GeoJSON_that_is_not_utf_8_is_refused_at_its_byte(string extension)
    {
        const string feature = """{"type":"Feature","properties":{"name":"Медь"},"geometry":{"type":"Point","coordinates":[71,49]}}""";
        var text = extension == "geojson" ? $$"""{"type":"FeatureCollection","features":[{{feature}}]}""" : feature;
        var bytes = TextEncodings.Find("windows-1251")!.GetBytes(text);

        Assert.Equal(
            $"The file is not UTF-8, which GeoJSON is: byte {Array.IndexOf(bytes, (byte)0xCC)}, in line 1, is no letter of it.", (await Reading.Of(bytes, extension)).End);
        Assert.Contains("the mark of utf-16", (await Reading.Of([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], extension)).End, StringComparison.Ordinal);
        Assert.Contains("seems to be UTF-16", (await Reading.Of(Encoding.BigEndianUnicode.GetBytes(text), extension)).End, StringComparison.Ordinal);
        Assert.Equal(["Медь"], (await Reading.Of([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], extension)).Names);
    }

    [Theory]
    [InlineData("""{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32642"}}""")]
    [InlineData("""{"type":"EPSG","properties":{"code":32642}}""")]
    [InlineData("""{"type":"link","properties":{"href":"https://spatialreference.org/ref/epsg/32642/proj4/","type":"proj4"}}""")]
    [InlineData("\"EPSG:32642\"")]
    public async Task The_member_crs_of_older_writers_is_followed_where_it_stands(string crs)
    {
        const string geometry = "\"type\":\"Point\",\"coordinates\":[500000,5400000,3]";
        foreach (var (collection, feature, inner) in ((string, string, string)[])[(crs, "null", "null"), ("null", crs, "null"), ("null", "null", crs)])
        {
            var text = $$$"""{"type":"FeatureCollection","crs":{{{collection}}},"features":[{"type":"Feature","properties":{"name":"a"},"crs":{{{feature}}},"geometry":{"crs":{{{inner}}},{{{geometry}}} } }]}""";
            var reading = await Reading.Of(Encoding.UTF8.GetBytes(text), "geojson");
            Assert.Empty(reading.Refusals);
            Assert.Contains("[69,48.753013004", Encoding.UTF8.GetString(Assert.Single(reading.Features).Geometry!), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(12, "BZIP2")]
    [InlineData(14, "LZMA")]
    [InlineData(93, "Zstandard")]
    [InlineData(9, "Deflate64")]
    [InlineData(42, "method 42")]
    public async Task Archives_of_another_compression_are_refused_by_its_name(ushort method, string name)
    {
        var zip = PointShapefile.Of(Encoding.ASCII, "a").ToZip();
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 10), method);

        Assert.StartsWith($"An entry of the archive is compressed by {name};", (await Reading.Of(zip, "zip")).End, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archives_with_the_directory_of_large_ones_or_written_as_a_stream_are_read()
    {
        var zip = PointShapefile.Of(Encoding.ASCII, "a").ToZip();
        var end = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var record = new byte[56 + 20 + 22];
        "PK\u0006\u0006"u8.CopyTo(record);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(4), 44);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(24), BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(end + 10)));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(32), BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(end + 10)));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(40), BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 12)));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(48), BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 16)));
        "PK\u0006\u0007"u8.CopyTo(record.AsSpan(56));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(64), end);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(72), 1);
        "PK\u0005\u0006"u8.CopyTo(record.AsSpan(76));
        record.AsSpan(84, 12).Fill(0xFF);
        byte[] large = [.. zip[..end], .. record];

        Assert.Equal(["a"], (await Reading.Of(large, "zip")).Names);
        large[end] ^= 1;
        Assert.Equal("The archive's directory is damaged.", (await Reading.Of(large, "zip")).End);

        using var streamed = new MemoryStream();
        using (var target = new ZipArchive(new Unseekable(streamed), ZipArchiveMode.Create))
        {
            using var source = new ZipArchive(new MemoryStream(zip));
            foreach (var entry in source.Entries)
            {
                using var from = entry.Open();
                using var to = target.CreateEntry(entry.FullName).Open();
                from.CopyTo(to);
            }
        }

        Assert.Equal(["a"], (await Reading.Of(streamed.ToArray(), "zip")).Names);
    }

    [Fact]
    public async Task Names_in_the_code_page_of_windows_are_kept_apart()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true, CodePagesEncodingProvider.Instance.GetEncoding(866)))
        {
            foreach (var entry in (string[])["Ж.shp", "Щ.shp"])
                zip.CreateEntry(entry).Open().Dispose();
        }

        Assert.Equal("The archive holds several shapefiles; import them one by one.", (await Reading.Of(memory.ToArray(), "zip")).End);
    }

    [Fact]
    public async Task A_table_without_a_reference_system_is_read_in_the_one_that_is_named()
    {
        var table = "name,x,y\na,500000,5400000\nb,\"500,001\",5400000\n"u8.ToArray();

        var reading = await Reading.Of(table, "csv", system: SourceSystemNames.Find("EPSG:32642"));

        Assert.Contains("[69,48.753013004]", Encoding.UTF8.GetString(reading.Features[0].Geometry!), StringComparison.Ordinal);
        Assert.Equal(["Line 3: \"500,001\" is no number of metres."], reading.Refusals);
    }

    // As a pipe is: an archive is written to it with the sizes behind the data.
    private sealed class Unseekable(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
