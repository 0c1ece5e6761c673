using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Registry.Core.GeoJson;

namespace Registry.Core.Tests.GeoJson;

public class GeometryJsonConverterTests
{
    [Fact]
    public void Five_hundred_random_geometries_of_full_precision_come_back_bit_by_bit()
    {
        var random = new Random(2018);
        for (var i = 0; i < 500; i++)
        {
            var expected = new Kept("ground", RandomGeometry.Next(random, decimals: 17));
            AssertSame(expected.Ground!, RoundTrip(expected).Ground!);
        }
    }

    [Fact]
    public void Numbers_that_tempt_a_writer_to_round_come_back_bit_by_bit()
    {
        foreach (var number in new[] { -0.0, 1e-300, double.Epsilon, 0.1 + 0.2, Math.PI, 180 - 2.8e-14, 1e22 })
            AssertSame(new Point(number, -number), RoundTrip(new Kept("", new Point(number, -number))).Ground!);
    }

    [Theory]
    [InlineData("POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))")]
    [InlineData("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")]
    [InlineData("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), EMPTY, ((0 0, 9 0, 9 9, 0 0)))")]
    [InlineData("POINT EMPTY")]
    [InlineData("MULTIPOINT EMPTY")]
    [InlineData("LINESTRING EMPTY")]
    [InlineData("MULTILINESTRING EMPTY")]
    [InlineData("MULTILINESTRING (EMPTY, (1 1, 2 2))")]
    [InlineData("POLYGON EMPTY")]
    [InlineData("MULTIPOLYGON EMPTY")]
    [InlineData("LINESTRING (170 0, 190 0)")]
    public void What_was_kept_is_read_whatever_the_rules_for_new_geometry(string wkt)
    {
        var expected = new WKTReader().Read(wkt);
        AssertSame(expected, RoundTrip(new Kept("", expected)).Ground!);
    }

    [Fact]
    public void No_geometry_stays_none() => Assert.Null(RoundTrip(new Kept("", null)).Ground);

    [Theory]
    [InlineData("""{"Name":"","Ground":{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}}""", "/coordinates/0")]
    [InlineData("""{"Name":"","Ground":{"type":"Circle","coordinates":[]}}""", "/type")]
    [InlineData("""{"Name":"","Ground":7}""", "A geometry is an object")]
    [InlineData("""{"Name":"","Ground":{"type":"LineString","coordinates":[[0,0],[1""", "cut short")]
    public void What_is_no_geometry_is_a_json_exception(string json, string words) =>
        Assert.Contains(words, Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Kept>(json)).ToString(), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_collection_is_not_kept() =>
        Assert.Throws<NotSupportedException>(() => RoundTrip(new Kept("", new GeometryCollection([new Point(1, 2)]))));

    private static Kept RoundTrip(Kept kept) => JsonSerializer.Deserialize<Kept>(JsonSerializer.SerializeToUtf8Bytes(kept))!;

    private static void AssertSame(Geometry expected, Geometry actual)
    {
        Assert.Equal(expected.GeometryType, actual.GeometryType);
        Assert.Equal(expected.NumGeometries, actual.NumGeometries);
        Assert.Equal(Bits(expected), Bits(actual));
        Assert.Equal(Wgs84.Srid, actual.SRID);
    }

    private static long[] Bits(Geometry geometry) =>
        [.. geometry.Coordinates.SelectMany(c => new[] { BitConverter.DoubleToInt64Bits(c.X), BitConverter.DoubleToInt64Bits(c.Y) })];

    private sealed record Kept(string Name, [property: JsonConverter(typeof(GeometryJsonConverter))] Geometry? Ground);
}
