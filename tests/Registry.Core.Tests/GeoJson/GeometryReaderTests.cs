using System.Text;
using System.Text.Json;
using NetTopologySuite.IO;
using Registry.Core.GeoJson;

namespace Registry.Core.Tests.GeoJson;

public class GeometryReaderTests
{
    private static readonly JsonSerializerOptions Exact = new() { Converters = { new GeometryJsonConverter() } };

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[76.95,43.25]}""", "POINT (76.95 43.25)")]
    [InlineData("""{"coordinates":[76.95,43.25],"type":"Point"}""", "POINT (76.95 43.25)")]
    [InlineData("""{"type":"Point","coordinates":[76.95,43.25,800.5]}""", "POINT (76.95 43.25)")]
    [InlineData("""{"type":"Point","coordinates":[-180,90]}""", "POINT (-180 90)")]
    [InlineData("""{"type":"Point","coordinates":[1e1,-0.5E1]}""", "POINT (10 -5)")]
    [InlineData("""{"type":"Point","bbox":[1,2,1,2],"coordinates":[1,2],"note":{"a":["b"]}}""", "POINT (1 2)")]
    [InlineData("""{"ty\u0070e":"P\u006fint","coordinates":[1,2]}""", "POINT (1 2)")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}}""", "POINT (1 2)")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"crs":null}""", "POINT (1 2)")]
    [InlineData("""{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}""", "MULTIPOINT ((1 2), (3 4))")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[3,4]]}""", "LINESTRING (1 2, 3 4)")]
    [InlineData("""{"type":"LineString","coordinates":[[0,0],[2,2],[2,0],[0,2]]}""", "LINESTRING (0 0, 2 2, 2 0, 0 2)")]
    [InlineData("""{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}""", "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}""", "POLYGON ((0 0, 1 0, 1 1, 0 0))")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,0],[1,1],[0,0]]]}""", "POLYGON ((0 0, 1 0, 1 0, 1 1, 0 0))")]
    [InlineData("""{"type":"Polygon","coordinates":[[[-90,0],[90,0],[0,80],[-90,0]]]}""", "POLYGON ((-90 0, 90 0, 0 80, -90 0))")]
    [InlineData(
        """{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[1,1],[2,1],[2,2],[1,1]]]]}""",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((1 1, 2 1, 2 2, 1 1)))")]
    public void Every_type_is_read_position_by_position(string json, string expected)
    {
        var reading = Read(json);
        Assert.Empty(reading.Faults);
        Assert.True(reading.IsSound);
        Assert.True(reading.Geometry.EqualsExact(new WKTReader().Read(expected)), reading.Geometry.ToString());
        Assert.Equal(Wgs84.Srid, reading.Geometry.SRID);
    }

    [Fact]
    public void Rings_in_either_direction_are_turned_to_the_right_hand_rule()
    {
        var expected = new WKTReader().Read("POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 8 4, 8 1, 5 1))");
        foreach (var shell in new[] { "[[0,0],[9,0],[9,9],[0,0]]", "[[0,0],[9,9],[9,0],[0,0]]" })
        {
            foreach (var hole in new[] { "[[5,1],[8,1],[8,4],[5,1]]", "[[5,1],[8,4],[8,1],[5,1]]" })
            {
                var reading = Read($$"""{"type":"Polygon","coordinates":[{{shell}},{{hole}}]}""");
                Assert.True(reading.Geometry!.EqualsExact(expected), reading.Geometry.ToString());
            }
        }
    }

    [Fact]
    public void Only_accepted_types_are_read()
    {
        var point = """{"type":"Point","coordinates":[1,2]}"""u8;
        Assert.True(GeometryReader.Read(point, GeoJsonLimits.Default, GeometryTypes.Point).IsSound);
        var fault = Assert.Single(GeometryReader.Read(point, GeoJsonLimits.Default, GeometryTypes.Areas).Faults);
        Assert.Equal("/type", fault.Pointer);
        Assert.Equal("A Point is not accepted; accepted here: Polygon, MultiPolygon.", fault.Detail);
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""", true)]
    [InlineData("""{"type":"Circle","coordinates":[[1,2],{"a":[]}],"radius":{"km":[3]}}""", false)]
    [InlineData("""{"type":"LineString","coordinates":[[[[[[[[[[1]]]]]]]]]]}""", false)]
    [InlineData("""{"type":"MultiPoint","coordinates":[[1],[2],{"a":3},[[4]],"5"]}""", false)]
    [InlineData("""[{"type":"Point"}]""", false)]
    [InlineData("\"Point\"", false)]
    [InlineData("null", false)]
    public void The_reader_goes_to_the_end_of_the_geometry_and_no_further(string geometry, bool sound)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($$"""{"geometry":{{geometry}},"kind":"mining"}"""));
        reader.Read();
        reader.Read();
        var reading = GeometryReader.Read(ref reader, GeoJsonLimits.Default);
        Assert.Equal(sound, reading.IsSound);
        Assert.True(reader.Read());
        Assert.Equal("kind", reader.GetString());
    }

    [Fact]
    public void A_member_of_a_parsed_request_is_read()
    {
        using var request = JsonDocument.Parse("""{ "kind": "mining", "geometry": { "type": "Point", "coordinates": [ 1, 200 ] } }""");
        var fault = Assert.Single(GeometryReader.Read(request.RootElement.GetProperty("geometry"), GeoJsonLimits.Default).Faults);
        Assert.Equal("/coordinates/1", fault.Pointer);
    }

    [Fact]
    public void Five_hundred_random_areas_come_back_as_they_were_written()
    {
        var random = new Random(398);
        for (var i = 0; i < 500; i++)
        {
            var expected = RandomGeometry.Next(random, decimals: 9);
            var reading = Read(RandomGeometry.Published(expected));
            Assert.Empty(reading.Faults);
            Assert.True(expected.EqualsExact(reading.Geometry), expected.ToString());
        }
    }

    [Theory]
    [InlineData("POINT (76.95 43.25)")]
    [InlineData("POINT Z (76.95 43.25 800)")]
    [InlineData("POINT (200 43.25)")]
    [InlineData("MULTIPOINT ((1 2), (3 4))")]
    [InlineData("MULTIPOINT EMPTY")]
    [InlineData("LINESTRING (0 0, 2 2, 2 0, 0 2)")]
    [InlineData("LINESTRING (1 1, 1 1)")]
    [InlineData("LINESTRING EMPTY")]
    [InlineData("LINESTRING (-170 0, 170 0)")]
    [InlineData("MULTILINESTRING ((1 2, 3 4), (5 6, 7 91))")]
    [InlineData("MULTILINESTRING EMPTY")]
    [InlineData("POLYGON ((0 0, 1 1, 1 0, 0 0))")]
    [InlineData("POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 8 4, 8 1, 5 1))")]
    [InlineData("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")]
    [InlineData("POLYGON ((0 0, 1 1, 2 2, 0 0))")]
    [InlineData("POLYGON ((0 0, 4 0, 4 4, 0 0), (10 10, 11 10, 11 11, 10 10))")]
    [InlineData("POLYGON EMPTY")]
    [InlineData("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((1 1, 2 1, 2 2, 1 1)))")]
    [InlineData("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((1 0.5, 3 0.5, 3 2, 1 0.5)))")]
    [InlineData("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), EMPTY)")]
    [InlineData("MULTIPOLYGON EMPTY")]
    public void A_geometry_from_another_format_is_taken_or_refused_like_its_text(string wellKnownText)
    {
        var built = new WKTReader().Read(wellKnownText);

        var fromText = Read(JsonSerializer.Serialize(built, Exact));
        var taken = GeometryReader.Read(built, GeoJsonLimits.Default);

        Assert.Equal(fromText.IsSound, taken.IsSound);
        if (fromText.IsSound)
            Assert.True(taken.Geometry!.EqualsExact(fromText.Geometry), taken.Geometry.ToString());
        else if (!built.IsEmpty)
            Assert.Equal(fromText.Faults[0].Detail, taken.Faults[0].Detail);
    }

    private static GeometryReading Read(string json) => GeometryReader.Read(Encoding.UTF8.GetBytes(json), GeoJsonLimits.Default);
}
