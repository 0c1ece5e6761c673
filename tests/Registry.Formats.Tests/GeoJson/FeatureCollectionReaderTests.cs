using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;
using Registry.Formats.GeoJson;
using Registry.Formats.Tests.Features;

namespace Registry.Formats.Tests.GeoJson;

public class FeatureCollectionReaderTests
{
    private const string Point = """{"type":"Feature","id":"a","properties":{"name":"Қаратау"},"geometry":{"type":"Point","coordinates":[70,43]}}""";

    [Fact]
    public async Task The_outline_of_the_country_is_read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "kazakhstan_outline_50m.geojson"));
        var feature = Assert.Single(await ReadAll(file));
        Assert.Empty(feature.Faults);
        Assert.Equal("398", feature.Id);
        Assert.Equal("Kazakhstan", feature.Properties.GetProperty("name").GetString());
        var outline = Assert.IsType<MultiPolygon>(feature.Geometry!.Geometry);
        Assert.Equal(1_140, outline.NumPoints);
        Assert.Equal(4, outline.Count);
    }

    [Fact]
    public async Task A_real_outline_that_touches_itself_is_refused_with_the_place()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "kazakhstan_outline_10m.geojson"));
        var feature = Assert.Single(await ReadAll(file));
        Assert.Equal(new GeometryFault("/geometry/coordinates/0/0/1845", "The ring touches itself at (49.469895, 46.573207)."), Assert.Single(feature.Faults));
    }

    [Theory]
    [InlineData("""{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":4326},"features":[]}""", "This is Esri JSON")]
    [InlineData("""{"features":[],"spatialReference":{"wkid":102100},"fields":[]}""", "This is Esri JSON")]
    [InlineData("""{"features":[],"fields":[]}""", "The member \"type\" is missing.")]
    public async Task A_file_of_another_kind_is_named(string file, string why) =>
        Assert.StartsWith(why, (await Reading.Of(Encoding.UTF8.GetBytes(file), "geojson")).End, StringComparison.Ordinal);

    [Fact]
    public async Task Features_come_in_order_with_id_properties_and_geometry()
    {
        var features = await ReadAll($$$"""
            {"name":"x","bbox":[1,2,3,4],"features":[{{{Point}}},
            {"type":"Feature","id":17.50,"properties":null,"geometry":null},
            {"geometry":{"coordinates":[1,2],"type":"Point"},"properties":{},"type":"Feature","extra":[{}]}],
            "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"type":"FeatureCollection"}
            """);
        Assert.All(features, feature => Assert.Empty(feature.Faults));
        Assert.Equal([0, 1, 2], features.Select(feature => feature.Index));
        Assert.Equal(["a", "17.50", null], features.Select(feature => feature.Id));
        Assert.Equal("Қаратау", features[0].Properties.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Undefined, features[1].Properties.ValueKind);
        Assert.Equal(JsonValueKind.Object, features[2].Properties.ValueKind);
        Assert.Equal(70, features[0].Geometry!.Geometry!.Coordinate.X);
        Assert.Null(features[1].Geometry);
    }

    [Theory]
    [InlineData("7", "", "A feature is an object, not a number")]
    [InlineData("""[{"type":"Feature"}]""", "", "not an array")]
    [InlineData("""{"properties":null,"geometry":null}""", "", "\"type\" is missing")]
    [InlineData("""{"type":"Feature","properties":null}""", "", "\"geometry\" is missing")]
    [InlineData("""{"type":"feature","properties":null,"geometry":null}""", "/type", "\"Feature\" was expected, not the text \"feature\"")]
    [InlineData("""{"type":{"a":1},"properties":null,"geometry":null}""", "/type", "not an object")]
    [InlineData("""{"type":"Feature","id":["a"],"properties":null,"geometry":null}""", "/id", "not an array")]
    [InlineData("""{"type":"Feature","id":"\udc00","properties":null,"geometry":null}""", "/id", "not a text that is not Unicode")]
    [InlineData("""{"type":"Feature","properties":[1],"geometry":null}""", "/properties", "an object or null, not an array")]
    [InlineData("""{"type":"Feature","properties":{"a":{"b":["\ud800"]}},"geometry":null}""", "/properties", "not Unicode")]
    [InlineData("""{"type":"Feature","properties":null,"properties":null,"geometry":null}""", "/properties", "there twice")]
    [InlineData("""{"type":"Feature","properties":null,"geometry":null,"crs":{"name":"EPSG:20008"}}""", "/crs", "\"EPSG:20008\", which is not read")]
    [InlineData("""{"type":"Feature","properties":null,"geometry":"none"}""", "/geometry", "not the text \"none\"")]
    [InlineData("""{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1,99]}}""", "/geometry/coordinates/1", "Latitude 99")]
    public async Task A_feature_at_fault_is_reported_and_the_next_one_read(string feature, string at, string words)
    {
        var features = await ReadAll($$"""{"type":"FeatureCollection","features":[{{feature}},{{Point}}]}""");
        Assert.Equal(2, features.Count);
        var fault = Assert.Single(features[0].Faults);
        Assert.Equal(at, fault.Pointer);
        Assert.Contains(words, fault.Detail, StringComparison.Ordinal);
        Assert.Null(features[0].FileStoppedAt);
        Assert.Equal((1, "a"), (features[1].Index, features[1].Id));
        Assert.Empty(features[1].Faults);
    }

    [Fact]
    public async Task A_feature_in_another_encoding_is_reported_and_the_next_one_read()
    {
        var file = Encoding.Latin1.GetBytes("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Ë"},"geometry":null},7]}""");
        var features = await ReadAll(new MemoryStream(file));
        Assert.Equal("The feature is not UTF-8 text.", features[0].Faults[0].Detail);
        Assert.Equal(2, features.Count);
    }

    [Theory]
    [InlineData("", 0, "", "not JSON")]
    [InlineData("name,lon,lat", 0, "", "not JSON")]
    [InlineData("[]", 1, "", "FeatureCollection is an object")]
    [InlineData("""{"type":"Feature","geometry":null}""", 17, "/type", "not \"Feature\"")]
    [InlineData("""{"type":7}""", 9, "/type", "\"FeatureCollection\" was expected")]
    [InlineData("""{"features":[]}""", 15, "", "\"type\" is missing")]
    [InlineData("""{"type":"FeatureCollection"}""", 28, "", "\"features\" is missing")]
    [InlineData("""{"type":"FeatureCollection","features":{}}""", 40, "/features", "array of features")]
    [InlineData("""{"type":"FeatureCollection","type":"FeatureCollection"}""", 35, "/type", "there twice")]
    [InlineData("""{"crs":{"name":"EPSG:20008"},"type":"FeatureCollection","features":[]}""", 28, "/crs", "\"EPSG:20008\", which is not read")]
    [InlineData("""{"type":"FeatureCollection","features":[]} {}""", 43, "", "not JSON")]
    [InlineData("""{"type":"FeatureCollection","features":[""", 40, "", "cut short")]
    public async Task A_file_that_is_no_feature_collection_is_one_fault_with_its_byte(string file, long stoppedAt, string at, string words)
    {
        var last = Assert.Single(await ReadAll(file));
        Assert.Equal(stoppedAt, last.FileStoppedAt);
        Assert.Equal(at, Assert.Single(last.Faults).Pointer);
        Assert.Contains(words, last.Faults[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("}]", 3)]
    [InlineData("", 0)]
    [InlineData("""{"type":"Feature","properties":{"name":"cut""", 39)]
    [InlineData("""{"type":"Feature" "properties":null}]}""", 18)]
    public async Task A_broken_file_gives_the_features_before_the_break(string rest, int into)
    {
        var sound = $$"""{"type":"FeatureCollection","features":[{{Point}},{{Point}},""";
        var features = await ReadAll(sound + rest);
        Assert.Equal(3, features.Count);
        Assert.All(features.Take(2), feature => Assert.True(feature.Geometry!.IsSound));
        Assert.InRange(features[2].FileStoppedAt!.Value, Encoding.UTF8.GetByteCount(sound) - 1, Encoding.UTF8.GetByteCount(sound) + into);
        Assert.Contains("not JSON or is cut short", features[2].Faults[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_too_long_to_hold_is_skipped_and_the_next_one_read()
    {
        var limits = GeoJsonLimits.Default with { Bytes = 50_000 };
        var huge = $$$"""{"type":"Feature","geometry":null,"properties":{"a":[{{{string.Join(",", Enumerable.Repeat("[1,\"x\"]", 100_000))}}}]}}""";
        var features = await ReadAll(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{huge}},{{Point}}]}""")), limits);
        Assert.Equal(2, features.Count);
        Assert.Equal("The feature is longer than 100,000 bytes.", Assert.Single(features[0].Faults).Detail);
        Assert.Null(features[0].FileStoppedAt);
        Assert.Equal("a", features[1].Id);
    }

    [Fact]
    public async Task A_text_too_long_to_hold_stops_the_file()
    {
        var limits = GeoJsonLimits.Default with { Bytes = 50_000 };
        var file = $$"""{"type":"FeatureCollection","features":[{{Point}},{"a":"{{new string('x', 500_000)}}"}]}""";
        var features = await ReadAll(new MemoryStream(Encoding.UTF8.GetBytes(file)), limits);
        Assert.Equal(2, features.Count);
        Assert.NotNull(features[1].FileStoppedAt);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        var file = new byte[] { 0xEF, 0xBB, 0xBF }.Concat(Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{Point}}]}"""));
        Assert.Empty(Assert.Single(await ReadAll(new MemoryStream([.. file]))).Faults);
    }

    [Fact]
    public async Task A_long_file_that_comes_in_drops_is_read_in_little_memory()
    {
        const int Count = 20_000;
        using var file = new RepeatedFeatures(Point, Count);
        var count = 0L;
        await foreach (var feature in FeatureCollectionReader.Read(file, GeoJsonLimits.Default))
        {
            Assert.Equal(count++, feature.Index);
            Assert.Empty(feature.Faults);
            file.Taken = count;
        }

        Assert.Equal(Count, count);

        // The reader never runs further ahead of its caller than one buffer.
        Assert.InRange(file.FarthestAhead, 1, 2 * 16 * 1024 / Point.Length);
    }

    private static Task<List<GeoJsonFeature>> ReadAll(string file) => ReadAll(new MemoryStream(Encoding.UTF8.GetBytes(file)));

    private static async Task<List<GeoJsonFeature>> ReadAll(Stream file, GeoJsonLimits? limits = null)
    {
        var features = new List<GeoJsonFeature>();
        await foreach (var feature in FeatureCollectionReader.Read(file, limits ?? GeoJsonLimits.Default))
            features.Add(feature);
        return features;
    }

    /// <summary>A FeatureCollection of one feature over and over, given at most 1,000 bytes at a time and never held as a whole.</summary>
    private sealed class RepeatedFeatures(string feature, int count) : Stream
    {
        private byte[] _piece = Encoding.UTF8.GetBytes("""{"type":"FeatureCollection","features":[""");
        private int _offset;

        public int Given { get; private set; }

        public long Taken { get; set; }

        public long FarthestAhead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_offset == _piece.Length && !NextPiece())
                return 0;
            var length = Math.Min(Math.Min(buffer.Length, 1_000), _piece.Length - _offset);
            _piece.AsSpan(_offset, length).CopyTo(buffer);
            _offset += length;
            return length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private bool NextPiece()
        {
            if (Given > count)
                return false;
            _piece = Encoding.UTF8.GetBytes(Given == count ? "]}" : Given == 0 ? feature : "," + feature);
            _offset = 0;
            Given++;
            FarthestAhead = Math.Max(FarthestAhead, Given - Taken);
            return true;
        }
    }
}
