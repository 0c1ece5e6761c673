using System.Text;
using Registry.Core.Filters.Json;
using Registry.Core.Filters.Text;

namespace Registry.Core.Tests.Filters;

/// <summary>What cannot be a filter is refused by a sentence with its place, whatever its size.</summary>
public sealed class BadFilterTests
{
    private const int Deep = 10_000;

    public static TheoryData<string> DeepTexts() =>
    [
        new string('(', Deep) + "depth = 1" + new string(')', Deep),
        string.Concat(Enumerable.Repeat("NOT ", Deep)) + "depth = 1",
        string.Concat(Enumerable.Repeat("- ", Deep)) + "1 = 1",
        string.Concat(Enumerable.Repeat("f(", Deep)) + new string(')', Deep),
        string.Concat(Enumerable.Repeat("CASEI(", Deep)) + "name" + new string(')', Deep) + " = 'x'",
        "A_EQUALS(" + new string('(', Deep) + new string(')', Deep) + ", commodities)",
        "depth = 1" + string.Concat(Enumerable.Repeat(" + 1", Deep)),
        "depth = 1" + string.Concat(Enumerable.Repeat(" ^ 1", Deep)),
        new string('(', Deep),
    ];

    [Theory]
    [MemberData(nameof(DeepTexts))]
    public void Depth_of_ten_thousand_is_refused(string filter) => Assert.False(FilterText.Read(filter).IsSound);

    [Theory]
    [InlineData("""{"op":"not","args":[""", "]}")]
    [InlineData("""{"op":"f","args":[""", "]}")]
    [InlineData("[", "]")]
    public void Depth_of_ten_thousand_is_refused_in_JSON(string open, string close)
    {
        foreach (var depth in (int[])[100, Deep])
        {
            var json = string.Concat(Enumerable.Repeat(open, depth)) + "true" + string.Concat(Enumerable.Repeat(close, depth));
            Assert.False(FilterJson.Read(Encoding.UTF8.GetBytes(json)).IsSound);
        }
    }

    [Fact]
    public void The_deepest_filter_that_is_read_in_text_goes_through_JSON()
    {
        var filter = string.Concat(Enumerable.Repeat("NOT ", 60)) + "S_INTERSECTS(geometry, MULTIPOLYGON(((1 1, 2 1, 2 2, 1 1))))";
        var read = FilterText.Read(filter).Filter!;
        Assert.Equal(read, FilterJson.Read(FilterJson.Encode(read)).Filter);
    }

    [Fact]
    public void A_megabyte_is_refused() =>
        Assert.Contains("longer than", FilterText.Read("name = '" + new string('x', 1_000_000) + "'").Fault!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Many_conditions_side_by_side_are_read_and_too_many_refused()
    {
        Assert.True(FilterText.Read(string.Join(" OR ", Enumerable.Repeat("depth = 1", 1_000))).IsSound);
        Assert.False(FilterText.Read(string.Join(" OR ", Enumerable.Repeat("depth = 1", 1_001))).IsSound);
        Assert.True(FilterText.Read($"depth IN ({string.Join(',', Enumerable.Range(0, 9_000))})").IsSound);
        Assert.False(FilterText.Read($"depth IN ({string.Join(',', Enumerable.Range(0, 11_000))})").IsSound);
    }

    [Fact]
    public void A_polygon_of_a_hundred_thousand_points_is_refused()
    {
        var json = new StringBuilder("""{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[""");
        for (var i = 0; i < 100_000; i++)
            json.Append(System.Globalization.CultureInfo.InvariantCulture, $"[{i % 180},{i % 90}],");
        json.Append("[0,0]]]}]}");
        var fault = FilterJson.Read(Encoding.UTF8.GetBytes(json.ToString())).Fault;
        Assert.Contains("20,000 positions", fault!.Detail, StringComparison.Ordinal);
        Assert.StartsWith("/args/1/coordinates/0/", fault.Place.Pointer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, "was expected, not the end")]
    [InlineData("depth =", 8, "was expected, not the end")]
    [InlineData("depth = 1 1", 11, "operator or the end")]
    [InlineData("depth == 1", 8, "was expected, not =")]
    [InlineData("depth = 1 AND", 14, "not the end")]
    [InlineData("depth ! 1", 7, "no meaning")]
    [InlineData("name = 'open", 8, "no quote")]
    [InlineData("\"name = 1", 6, "double quote")]
    [InlineData("depth = 1e999", 9, "not finite")]
    [InlineData("depth IS 1", 10, "NULL was expected")]
    [InlineData("depth NOT 1", 11, "LIKE, BETWEEN or IN")]
    [InlineData("depth IN ()", 11, "was expected")]
    [InlineData("DATE('2026-02-30') = opened", 1, "2026-02-30")]
    [InlineData("surveyed > TIMESTAMP('2026-02-03T00:00:00')", 12, "timestamp")]
    [InlineData("S_INTERSECTS(geometry)", 22, "',' was expected")]
    [InlineData("S_INTERSECTS(geometry, POINT(1))", 31, "number was expected")]
    [InlineData("S_INTERSECTS(geometry, POLYGON((1 1, 2 2, 1 1)))", 32, "four positions")]
    [InlineData("S_INTERSECTS(geometry, POLYGON((1 1, 2 2, 2 1, 1 2)))", 32, "ends where it begins")]
    [InlineData("S_INTERSECTS(geometry, BBOX(1, 2, 3))", 24, "four numbers")]
    public void A_fault_of_grammar_names_its_character(string filter, int character, string detail)
    {
        var fault = Mine.FaultOf(filter);
        Assert.Equal(character, fault.Place.Character);
        Assert.Contains(detail, fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("depth = 1 AND dpth = 1", 15, "'dpth'")]
    [InlineData("depth = 'one'", 9, "a number cannot be compared with a text")]
    [InlineData("opened = '2020-01-01'", 10, "DATE(")]
    [InlineData("surveyed = DATE('2020-01-01')", 12, "T_AFTER")]
    [InlineData("depth", 1, "condition was expected")]
    [InlineData("NOT name", 5, "condition was expected")]
    [InlineData("geometry = POINT(1 1)", 1, "S_ functions")]
    [InlineData("commodities = 'gold'", 1, "A_ functions")]
    [InlineData("depth LIKE 'x'", 1, "text was expected")]
    [InlineData("name LIKE name", 11, "text in quotes")]
    [InlineData("name BETWEEN 'a' AND 'b'", 1, "BETWEEN compares")]
    [InlineData("depth IN (1, 'a')", 14, "cannot be compared")]
    [InlineData("S_INTERSECTS(name, POINT(1 1))", 14, "geometry was expected")]
    [InlineData("A_CONTAINS(name, ('a'))", 12, "array was expected")]
    [InlineData("T_AFTER(name, DATE('2020-01-01'))", 9, "date, a timestamp")]
    [InlineData("T_DURING(opened, INTERVAL('2020-01-01', '..'))", 10, "compares intervals")]
    [InlineData("T_AFTER(opened, INTERVAL('2020-01-02', '2020-01-01'))", 17, "ends before")]
    [InlineData("INTERVAL('2020-01-02', '..') IS NULL", 1, "temporal predicates only")]
    [InlineData("avg(depth) = 1", 1, "no function 'avg'")]
    [InlineData("ACCENTI(name) = 'x'", 1, "ACCENTI")]
    [InlineData("name + 1 = 2", 1, "number was expected")]
    [InlineData("S_INTERSECTS(geometry, POINT(200 1))", 24, "Longitude")]
    [InlineData("S_INTERSECTS(geometry, BBOX(0, 0, 10, 100))", 24, "latitudes")]
    [InlineData("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", 24, "not valid")]
    public void A_fault_of_type_names_its_character(string filter, int character, string detail)
    {
        var fault = Mine.FaultOf(filter);
        Assert.Equal(character, fault.Place.Character);
        Assert.Contains(detail, fault.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("null", "")]
    [InlineData("{}", "")]
    [InlineData("""{"op":"and","args":[true]}""", "")]
    [InlineData("""{"op":"and"}""", "")]
    [InlineData("""{"op":1,"args":[]}""", "/op")]
    [InlineData("""{"op":"not","args":[{"property":1}]}""", "/args/0/property")]
    [InlineData("""{"op":"in","args":[1,[]]}""", "/args/1")]
    [InlineData("""{"op":"in","args":[1,2]}""", "/args/1")]
    [InlineData("""{"op":"=","args":[1,1e999]}""", "/args/1")]
    [InlineData("""{"op":"=","args":[1,"\ud800"]}""", "/args/1")]
    [InlineData("""{"op":"isNull","args":[{"type":"Point","coordinates":[1]}]}""", "/args/0/coordinates")]
    [InlineData("""{"op":"isNull","args":[{"type":"Point"}]}""", "/args/0")]
    [InlineData("""{"op":"isNull","args":[{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]}]}]}""", "/args/0/geometries/0")]
    [InlineData("""{"op":"isNull","args":[{"bbox":[1,2,3]}]}""", "/args/0")]
    [InlineData("""{"op":"isNull","args":[{"interval":["2020-01-01"]}]}""", "/args/0/interval")]
    public void A_fault_of_JSON_names_its_place(string json, string pointer)
    {
        var reading = FilterJson.Read(Encoding.UTF8.GetBytes(json));
        Assert.False(reading.IsSound);
        Assert.Equal(pointer, reading.Fault.Place.Pointer);
    }

    [Fact]
    public void Lines_that_cross_at_too_many_places_are_refused_and_long_ones_are_not()
    {
        var random = new Random(1);
        var scribble = string.Join(", ", Enumerable.Range(0, 1_000).Select(_ => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{60 + (10 * random.NextDouble()):0.000000} {40 + (10 * random.NextDouble()):0.000000}")));
        var circle = string.Join(", ", Enumerable.Range(0, 4_501).Select(i => i % 4_500 * Math.PI / 2_250).Select(angle => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{10 + Math.Cos(angle):0.000000} {10 + Math.Sin(angle):0.000000}")));
        foreach (var relation in (string[])["S_INTERSECTS", "S_DISJOINT", "S_EQUALS", "S_TOUCHES", "S_WITHIN", "S_CONTAINS", "S_OVERLAPS", "S_CROSSES"])
        {
            var fault = Mine.FaultOf($"{relation}(geometry, LINESTRING({scribble}))");
            Assert.Contains("20,000 places", fault.Detail, StringComparison.Ordinal);
            Assert.Contains(
                "20,000 places", Mine.FaultOf($"{relation}(geometry, GEOMETRYCOLLECTION(POINT(1 1), LINESTRING({scribble})))").Detail, StringComparison.Ordinal);
            foreach (var literal in (string[])[$"LINESTRING({circle})", $"POLYGON(({circle}))", $"GEOMETRYCOLLECTION(POINT(1 1), POLYGON(({circle})))"])
            {
                Assert.Null(Mine.Queryables.Check(FilterText.Read($"{relation}(geometry, {literal})").Filter!));
                Assert.Null(Mine.Queryables.Check(FilterText.Read($"{relation}({literal}, geometry)").Filter!));
                Assert.Null(Mine.Queryables.Check(FilterText.Read($"{relation}({literal}, {literal})").Filter!));
            }
        }
    }
}
