using System.Globalization;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Registry.Core.GeoJson;

namespace Registry.Core.Tests.GeoJson;

public class GeometryWriterTests
{
    [Theory]
    [InlineData("POINT (76.95 43.25)", """{"type":"Point","coordinates":[76.95,43.25]}""")]
    [InlineData("POINT Z (76.95 43.25 800)", """{"type":"Point","coordinates":[76.95,43.25]}""")]
    [InlineData("LINESTRING (1 2, 3 4)", """{"type":"LineString","coordinates":[[1,2],[3,4]]}""")]
    [InlineData("LINEARRING (0 0, 0 1, 1 1, 0 0)", """{"type":"LineString","coordinates":[[0,0],[0,1],[1,1],[0,0]]}""")]
    [InlineData("MULTIPOINT ((1 2), (3 4))", """{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}""")]
    [InlineData("MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))", """{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}""")]
    [InlineData("POLYGON ((0 0, 1 0, 1 1, 0 0))", """{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}""")]
    [InlineData(
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
        """{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}""")]
    [InlineData(
        "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))",
        """{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4]]}]}""")]
    public void Every_type_is_written_under_its_name_with_longitude_first(string wkt, string expected) =>
        Assert.Equal(expected, Written(wkt));

    [Fact]
    public void Rings_follow_the_right_hand_rule_whatever_their_order() => Assert.Equal(
        """{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}""",
        Written("POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))"));

    [Theory]
    [InlineData(0.1234567894, "0.123456789")]
    [InlineData(0.1234567896, "0.12345679")]
    [InlineData(-0.0000000004, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1e-9, "0.000000001")]
    [InlineData(-1e-9, "-0.000000001")]
    [InlineData(1e-20, "0")]
    [InlineData(-179.999999999, "-179.999999999")]
    [InlineData(179.9999999999, "180")]
    [InlineData(100, "100")]
    [InlineData(0.1 + 0.2, "0.3")]
    public void Numbers_have_at_most_nine_decimals_and_no_exponent_or_negative_zero(double longitude, string expected) =>
        Assert.Equal($$"""{"type":"Point","coordinates":[{{expected}},1.5]}""", Written(new Point(longitude, 1.5)));

    [Fact]
    public void Ten_thousand_numbers_of_nine_decimals_come_out_as_they_went_in()
    {
        var random = new Random(20180629);
        for (var i = 0; i < 10_000; i++)
        {
            var expected = (Math.Round((decimal)((random.NextDouble() * 360) - 180), random.Next(10)) / 1.000000000m)
                .ToString("0.#########", CultureInfo.InvariantCulture);
            var longitude = double.Parse(expected, CultureInfo.InvariantCulture);
            Assert.Equal($$"""{"type":"Point","coordinates":[{{expected}},0]}""", Written(new Point(longitude, 0)));
        }
    }

    [Theory]
    [InlineData("POINT EMPTY")]
    [InlineData("POLYGON EMPTY")]
    [InlineData("MULTIPOLYGON EMPTY")]
    [InlineData("GEOMETRYCOLLECTION (POINT EMPTY)")]
    public void An_empty_geometry_is_null(string wkt) => Assert.Equal("null", Written(wkt));

    [Fact]
    public void No_geometry_is_null() => Assert.Equal("null", Written((Geometry?)null));

    [Fact]
    public void Empty_parts_are_left_out() => Assert.Equal(
        """{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}""",
        Written("MULTIPOLYGON (EMPTY, ((0 0, 1 0, 1 1, 0 0)))"));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e12)]
    public void What_is_no_angle_is_not_written(double longitude) =>
        Assert.Throws<ArgumentException>(() => Written(new Point(longitude, 0)));

    private static string Written(string wkt) => Written(new WKTReader().Read(wkt));

    private static string Written(Geometry? geometry)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            GeometryWriter.Write(writer, geometry);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
