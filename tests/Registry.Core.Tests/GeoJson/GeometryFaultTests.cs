using System.Text;
using System.Text.Json;
using Registry.Core.GeoJson;

namespace Registry.Core.Tests.GeoJson;

public class GeometryFaultTests
{
    [Theory]

    // No JSON, or no geometry object.
    [InlineData("", "", "not JSON or is cut short")]
    [InlineData("   ", "", "not JSON or is cut short")]
    [InlineData("geometry", "", "not JSON or is cut short")]
    [InlineData("""{"type":"Point","coordinates":[1,2""", "", "cut short: no sense after byte 34")]
    [InlineData("""{"type":"Point","coordinates":[1,2]""", "", "cut short")]
    [InlineData("""{"type":"Point","coordinates":[1,2]} {""", "", "not JSON or is cut short: no sense after byte 37")]
    [InlineData("""{"type":"Point","coordinates":[1,2,]}""", "", "not JSON")]
    [InlineData("""{"type":"Point","coordinates":[NaN,2]}""", "", "not JSON")]
    [InlineData("""{"type":"Point","coordinates":[1,Infinity]}""", "", "not JSON")]
    [InlineData("""{"type":"Point","coordinates":[01,2]}""", "", "not JSON")]
    [InlineData("null", "", "A geometry is an object with type and coordinates, not null")]
    [InlineData("[1,2]", "", "not an array")]
    [InlineData("\"POINT (1 2)\"", "", "not the text \"POINT (1 2)\"")]
    [InlineData("17", "", "not a number")]

    // Members.
    [InlineData("{}", "", "\"type\" is missing")]
    [InlineData("""{"type":"Point"}""", "", "\"coordinates\" is missing")]
    [InlineData("""{"type":"Point","geometries":[]}""", "", "\"coordinates\" is missing")]
    [InlineData("""{"coordinates":[1,2]}""", "", "\"type\" is missing")]
    [InlineData("""{"type":7,"coordinates":[1,2]}""", "/type", "not a number")]
    [InlineData("""{"type":null,"coordinates":[1,2]}""", "/type", "not null")]
    [InlineData("""{"type":"\ud800","coordinates":[1,2]}""", "/type", "not Unicode")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"\ud800":0}""", "", "not Unicode")]
    [InlineData("""{"type":"Circle","coordinates":[1,2]}""", "/type", "no geometry type \"Circle\"")]
    [InlineData("""{"type":"point","coordinates":[1,2]}""", "/type", "no geometry type \"point\"")]
    [InlineData("""{"type":"None","coordinates":[1,2]}""", "/type", "no geometry type \"None\"")]
    [InlineData("""{"type":"Areas","coordinates":[1,2]}""", "/type", "no geometry type \"Areas\"")]
    [InlineData("""{"type":"Feature","geometry":null,"properties":null}""", "/type", "not a Feature")]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", "/type", "not a FeatureCollection")]
    [InlineData("""{"type":"GeometryCollection","geometries":[]}""", "/type", "GeometryCollection is not accepted")]
    [InlineData(
        """{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]}]}""",
        "/type",
        "GeometryCollection is not accepted")]
    [InlineData("""{"type":"Point","type":"Point","coordinates":[1,2]}""", "/type", "there twice")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"coordinates":[1,2]}""", "/coordinates", "there twice")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"a/b~c":1,"a/b~c":1}""", "/a~1b~0c", "there twice")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"EPSG:28413"}}}""", "/crs", "WGS 84")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"crs":"EPSG:3857"}""", "/crs", "\"EPSG:3857\" is named here")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"x":[[[[[[[[1]]]]]]]]}""", "/x", "nest deeper than 8")]

    // Positions.
    [InlineData("""{"type":"Point","coordinates":null}""", "/coordinates", "not null")]
    [InlineData("""{"type":"Point","coordinates":{"lon":1,"lat":2}}""", "/coordinates", "not an object")]
    [InlineData("""{"type":"Point","coordinates":[[1,2]]}""", "/coordinates/0", "A number was expected, not an array")]
    [InlineData("""{"type":"Polygon","coordinates":[[0,0],[1,0],[1,1],[0,0]]}""", "/coordinates/0/0", "A position, an array of longitude and latitude, was expected, not a number")]
    [InlineData("""{"type":"Polygon","coordinates":[7]}""", "/coordinates/0", "An array of positions was expected")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[7]]}""", "/coordinates/0/0", "An array of positions was expected")]
    [InlineData("""{"type":"MultiPolygon","coordinates":7}""", "/coordinates", "An array of polygons was expected")]
    [InlineData("""{"type":"Point","coordinates":[]}""", "/coordinates", "has 0 numbers")]
    [InlineData("""{"type":"Point","coordinates":[1]}""", "/coordinates", "has 1 numbers")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[3,4,5,6]]}""", "/coordinates/1", "has 4 numbers")]
    [InlineData("""{"type":"Point","coordinates":["NaN",2]}""", "/coordinates/0", "A number was expected, not the text \"NaN\"")]
    [InlineData("""{"type":"Point","coordinates":[1,"-Infinity"]}""", "/coordinates/1", "A number was expected")]
    [InlineData("""{"type":"Point","coordinates":[1,null]}""", "/coordinates/1", "not null")]
    [InlineData("""{"type":"Point","coordinates":[1,2,"high"]}""", "/coordinates/2", "not the text \"high\"")]
    [InlineData("""{"type":"Point","coordinates":[1e999,2]}""", "/coordinates/0", "not finite")]
    [InlineData("""{"type":"Point","coordinates":[1,-1e999]}""", "/coordinates/1", "not finite")]
    [InlineData("""{"type":"Point","coordinates":[1,2,1e999]}""", "/coordinates/2", "not finite")]
    [InlineData("""{"type":"Point","coordinates":[180.000001,2]}""", "/coordinates/0", "Longitude 180.000001 is outside")]
    [InlineData("""{"type":"Point","coordinates":[43.25,-90.5]}""", "/coordinates/1", "Latitude -90.5 is outside")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,91],[0,0]]]}""", "/coordinates/0/3/1", "Latitude 91 is outside -90 to 90; longitude comes first")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[9,9],[500,9],[9,10],[9,9]]]]}""", "/coordinates/1/0/1/0", "Longitude 500")]
    [InlineData("""{"type":"MultiPoint","coordinates":[]}""", "/coordinates", "empty")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""", "/coordinates", "empty")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[]]}""", "/coordinates/0", "empty")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[]]]}""", "/coordinates/0/0", "empty")]

    // Lines and rings by themselves.
    [InlineData("""{"type":"LineString","coordinates":[[1,2]]}""", "/coordinates", "A line has at least 2 positions; this one has 1")]
    [InlineData("""{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[1,2]]]}""", "/coordinates/1", "at least 2")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[1,2],[1,2]]}""", "/coordinates", "one place")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}""", "/coordinates/0", "A ring has at least 4 positions; this one has 3")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0.5,1]]]}""", "/coordinates/0", "not closed: it begins at (0, 0) and ends at (0.5, 1)")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,6]]]]}""", "/coordinates/1/0", "not closed")]
    [InlineData("""{"type":"Polygon","coordinates":[[[1,1],[1,1],[1,1],[1,1]]]}""", "/coordinates/0", "one place")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[2,2],[1,1],[0,0]]]}""", "/coordinates/0", "zero area")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[0.1,0.2],[0.3,0.6],[0,0]]]}""", "/coordinates/0", "zero area")]
    [InlineData("""{"type":"Polygon","coordinates":[[[170,10],[-170,10],[-170,20],[170,20],[170,10]]]}""", "/coordinates/0/1", "spans 340 degrees of longitude; geometry over the antimeridian")]
    [InlineData("""{"type":"LineString","coordinates":[[0,0],[100,0],[-90,0]]}""", "/coordinates/2", "spans 190 degrees")]
    [InlineData("""{"type":"Polygon","coordinates":[[[170,10],[190,10],[190,20],[170,20],[170,10]]]}""", "/coordinates/0/1/0", "antimeridian")]

    // Areas.
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}""", "/coordinates/0/0", "The ring crosses itself at (1, 1)")]
    [InlineData("""{"type":"Polygon","coordinates":[[[76.5,43],[77.5,44],[77.5,43],[76.5,44],[76.5,43]]]}""", "/coordinates/0/0", "(77, 43.5)")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[2,0],[0,4],[0,0]]]}""", "/coordinates/0/0", "touches itself at (2, 0)")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[2,0],[3,1],[2,2],[2,0],[0,2],[0,0]]]}""", "/coordinates/0/0", "touches itself at (2, 0)")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[2,0],[0,0]]]}""", "/coordinates/0/0", "itself at (2, 0)")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[10,10],[11,10],[11,11],[10,10]]]}""", "/coordinates/1/0", "The hole lies outside its outer ring at (10, 10)")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[8,5],[10,5],[8,6],[8,5]]]}""", "/coordinates/1/0", "Two rings of one polygon cross or share an edge at (9, 5)")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[8,1],[8,8],[1,1]],[[4,2],[6,2],[6,3],[4,2]]]}""", "/coordinates/2/0", "A hole lies in another hole")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[0,5],[5,0],[9,5],[5,9],[0,5]]]}""", "/coordinates/1/1", "cut the area in two")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[0,0],[9,0],[9,9],[0,0]]]}""", "/coordinates/1/0", "share an edge")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[2,0],[2,2],[0,2],[0,0]]],[[[1,1],[3,1],[3,3],[1,3],[1,1]]]]}""", "/coordinates/1/0/3", "Parts 0 and 1 overlap or share an edge at")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,9],[0,0]]],[[[1,1],[3,1],[3,3],[1,1]]]]}""", "/coordinates/1/0/0", "Parts overlap: one lies in another")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[2,0],[2,2],[0,2],[0,0]]],[[[2,0],[4,0],[4,2],[2,2],[2,0]]]]}""", "/coordinates/1/0/2", "share an edge")]
    public void Malformed_geometry_is_refused_with_its_place_and_a_sentence(string json, string at, string words)
    {
        var reading = GeometryReader.Read(Encoding.UTF8.GetBytes(json), GeoJsonLimits.Default);
        Assert.False(reading.IsSound);
        var fault = reading.Faults[0];
        Assert.Equal(at, fault.Pointer);
        Assert.Contains(words, fault.Detail, StringComparison.Ordinal);
        Assert.EndsWith(".", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_faults_are_reported_at_once_each_at_its_place()
    {
        var reading = Read("""{"type":"MultiPoint","coordinates":[[200,100],["a",2],[3],{"x":[1]},[5,6]]}""");
        Assert.Equal(
            ["/coordinates/0/0", "/coordinates/0/1", "/coordinates/1/0", "/coordinates/2", "/coordinates/3"],
            reading.Faults.Select(fault => fault.Pointer));
        Assert.False(reading.IsBroken);
    }

    [Fact]
    public void Reports_stop_at_the_limit_of_faults()
    {
        var json = $$"""{"type":"MultiPoint","coordinates":[{{string.Join(",", Enumerable.Repeat("[999,999]", 1000))}}]}""";
        Assert.Equal(GeoJsonLimits.Default.Faults, Read(json).Faults.Count);
    }

    [Fact]
    public void Too_many_bytes_are_refused_before_anything_is_read()
    {
        var limits = GeoJsonLimits.Default with { Bytes = 40 };
        var reading = GeometryReader.Read("""{"type":"Point","coordinates":[1,2],  "x":7}"""u8, limits);
        Assert.Equal(new GeometryFault("", "The geometry is longer than 40 bytes."), Assert.Single(reading.Faults));

        var reader = new Utf8JsonReader("""{"type":"Point","coordinates":[1,2],  "x":7}"""u8);
        reading = GeometryReader.Read(ref reader, limits);
        Assert.Equal("The geometry is longer than 40 bytes.", Assert.Single(reading.Faults).Detail);
    }

    [Fact]
    public void A_hundred_thousand_vertices_are_refused_without_building_geometry()
    {
        var json = Encoding.UTF8.GetBytes(HostileGeometry.Circle(100_000));
        var limits = GeoJsonLimits.Default with { Bytes = json.Length };
        GeometryReader.Read(json, limits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = GeometryReader.Read(json, limits);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(new GeometryFault("/coordinates", "More than 20,000 positions."), Assert.Single(reading.Faults));

        // The 20,000 positions that were looked at, 16 bytes each, in a list that doubles; a geometry of 100,000 takes over 3 MB.
        Assert.InRange(allocated, 0, 1_100_000);
    }

    [Fact]
    public void A_thousand_and_one_rings_are_refused()
    {
        var parts = Enumerable.Repeat("[[[0,0],[1,0],[1,1],[0,0]]]", 1_001);
        var fault = Assert.Single(Read($$"""{"type":"MultiPolygon","coordinates":[{{string.Join(",", parts)}}]}""").Faults);
        Assert.Equal(new GeometryFault("/coordinates", "More than 1,000 rings or lines."), fault);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":")]
    [InlineData("{\"type\":\"GeometryCollection\",\"geometries\":[")]
    public void Ten_thousand_levels_of_nesting_are_refused(string opening)
    {
        var reading = Read(string.Concat(Enumerable.Repeat(opening, 10_000)));
        Assert.True(reading.IsBroken);
        Assert.Equal("Arrays and objects nest deeper than 64 levels.", Assert.Single(reading.Faults).Detail);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        foreach (var place in new[] { 3, 10 })
        {
            var json = """{"type":"Point","coordinates":[1,2]}"""u8.ToArray();
            json[place] = 0xC3;
            Assert.Single(GeometryReader.Read(json, GeoJsonLimits.Default).Faults, fault => fault.Detail.Length > 0);
        }
    }

    [Fact]
    public void Five_thousand_damaged_texts_are_answered_without_an_exception()
    {
        var random = new Random(7946);
        var sound = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var json = Encoding.UTF8.GetBytes(RandomGeometry.Published(RandomGeometry.Next(random, decimals: 2)));
            for (var damage = random.Next(1, 4); damage > 0; damage--)
                json[random.Next(json.Length)] = (byte)(random.Next(2) == 0 ? "[]{},:\"0-e\\u"[random.Next(12)] : random.Next(256));
            var reading = GeometryReader.Read(json.AsSpan(0, random.Next(4) == 0 ? random.Next(json.Length) : json.Length), GeoJsonLimits.Default);
            Assert.Equal(reading.IsSound, reading.Faults.Count == 0);
            Assert.True(reading.Geometry is null || reading.Geometry.IsValid);
            sound += reading.IsSound ? 1 : 0;
        }

        Assert.InRange(sound, 1, 4_999);
    }

    private static GeometryReading Read(string json) => GeometryReader.Read(Encoding.UTF8.GetBytes(json), GeoJsonLimits.Default);
}
