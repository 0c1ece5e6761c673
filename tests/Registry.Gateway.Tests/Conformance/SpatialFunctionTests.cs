using System.Globalization;

namespace Registry.Gateway.Tests.Conformance;

/// <summary>
/// The abstract tests of CQL2 (OGC 21-065r2, Annex A.9), conformance class Spatial Functions, under their own identifiers. Every collection
/// has one queryable with geometries. /conf/spatial-functions/test-data is for implementations that can be loaded with the test dataset,
/// which is no register of titles; what it compares, the comparison with PostGIS does.
/// </summary>
[Collection(OneConformingRegistry.Name)]
public sealed class SpatialFunctionTests(ConformingRegistry registry)
{
    private const string WorldBox = "BBOX(-180,-90,180,90)";
    private const string World = "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))";
    private const string Line = "LINESTRING(7 50,10 51)";
    private const string Point = "POINT(7.02 49.92)";
    private const string Nowhere = "POINT(90 180)";
    private const string Points = "MULTIPOINT(7 50,10 51)";

    private static readonly string[] Literals = [WorldBox, World, Line, Point, Points];

    private static readonly string[] Functions =
        ["S_INTERSECTS", "S_DISJOINT", "S_EQUALS", "S_TOUCHES", "S_CROSSES", "S_WITHIN", "S_CONTAINS", "S_OVERLAPS"];

    [Fact(DisplayName = "/conf/spatial-functions/s_intersects")]
    public Task Intersects() => InEach(async collection =>
    {
        var all = await Evaluate(collection, "S_INTERSECTS", WorldBox);
        Assert.NotEmpty(all);
        Assert.Equal(all, await Evaluate(collection, "S_INTERSECTS", World));
        await Evaluate(collection, "S_INTERSECTS", Line);
        await Evaluate(collection, "S_INTERSECTS", Point);
        await Refused(collection, $"S_INTERSECTS(geometry,{Nowhere})");
    });

    [Fact(DisplayName = "/conf/spatial-functions/s_disjoint")]
    public Task Disjoint() => InEach(async collection =>
    {
        Assert.Empty(await Evaluate(collection, "S_DISJOINT", WorldBox));
        Assert.Empty(await Evaluate(collection, "S_DISJOINT", World));
        foreach (var literal in (string[])[Line, Point])
            Assert.Empty((await Evaluate(collection, "S_DISJOINT", literal)).Intersect(await Evaluate(collection, "S_INTERSECTS", literal)));
        await Refused(collection, $"S_DISJOINT(geometry,{Nowhere})");
    });

    [Fact(DisplayName = "/conf/spatial-functions/s_equals")]
    public Task Equal() => InEach(async collection =>
    {
        Assert.Equal(await Evaluate(collection, "S_EQUALS", World), await Evaluate(collection, "S_EQUALS", Line));
        await Evaluate(collection, "S_EQUALS", Point);
    });

    [Fact(DisplayName = "/conf/spatial-functions/s_touches")]
    public Task Touches() => InEach(async collection =>
    {
        foreach (var literal in (string[])[WorldBox, World, Line])
            await Evaluate(collection, "S_TOUCHES", literal);
    });

    [Fact(DisplayName = "/conf/spatial-functions/s_crosses")]
    public Task Crosses() => InEach(async collection =>
    {
        foreach (var literal in (string[])[WorldBox, World, Line])
            await Evaluate(collection, "S_CROSSES", literal);
    });

    [Fact(DisplayName = "/conf/spatial-functions/s_within")]
    public Task Within() => InEach(async collection =>
    {
        Assert.Equal(await Evaluate(collection, "S_WITHIN", WorldBox), await Evaluate(collection, "S_WITHIN", World));
        await Evaluate(collection, "S_WITHIN", Line);
        await Evaluate(collection, "S_WITHIN", Points);
    });

    [Fact(DisplayName = "/conf/spatial-functions/s_contains")]
    public Task Contains() => InEach(async collection =>
    {
        Assert.Equal(await Evaluate(collection, "S_CONTAINS", WorldBox), await Evaluate(collection, "S_CONTAINS", World));
        foreach (var literal in (string[])[WorldBox, World, Line, Points])
            Assert.Empty((await Evaluate(collection, "S_CONTAINS", literal)).Intersect(await Evaluate(collection, "S_WITHIN", literal)));
    });

    [Fact(DisplayName = "/conf/spatial-functions/s_overlaps")]
    public Task Overlaps() => InEach(async collection =>
    {
        foreach (var literal in (string[])[Points, Line, World])
            await Evaluate(collection, "S_OVERLAPS", literal);
    });

    [Fact(DisplayName = "/conf/spatial-functions/logical")]
    public Task Logical()
    {
        var random = new Random(65);
        string Predicate() => $"{Functions[random.Next(Functions.Length)]}(geometry,{Literals[random.Next(Literals.Length)]})";
        return InEach(async collection =>
        {
            for (var i = 0; i < 10; i++)
            {
                string[] p = [Predicate(), Predicate(), Predicate(), Predicate()];
                var passing = await Evaluate(collection, $"((NOT {p[0]} AND {p[1]}) OR ({p[2]} and NOT {p[3]}) or not ({p[0]} AND {p[3]}))");
                var sets = new List<HashSet<string>>();
                foreach (var predicate in p)
                    sets.Add([.. await Evaluate(collection, predicate)]);
                var expected = (await Evaluate(collection, "S_INTERSECTS", WorldBox)).Where(id =>
                    (!sets[0].Contains(id) && sets[1].Contains(id)) || (sets[2].Contains(id) && !sets[3].Contains(id))
                    || !(sets[0].Contains(id) && sets[3].Contains(id)));
                Assert.Equal(expected, passing);
            }
        });
    }

    [Fact(DisplayName = "/req/spatial-functions/spatial-data-types")]
    public Task Every_function_takes_every_type_of_literal() => InEach(async collection =>
    {
        string[] literals =
        [
            Point, Line, World, WorldBox, Points, "MULTILINESTRING((7 50,10 51),(60 40,80 60))", $"MULTIPOLYGON({World[7..]})",
            $"GEOMETRYCOLLECTION({Point},{Line})", $"GEOMETRYCOLLECTION({World},{Line},{Point})", "GEOMETRYCOLLECTION(POINT(70.25 48.5))",
        ];
        foreach (var function in Functions)
        {
            foreach (var literal in literals)
            {
                await Evaluate(collection, function, literal);
                await Evaluate(collection, $"{function}({literal},geometry)");
            }
        }

        Assert.Equal(
            collection == "deposits" ? 1 : 0, (await Evaluate(collection, "S_EQUALS", "GEOMETRYCOLLECTION(POINT(70.25 48.5))")).Count);
    });

    private async Task InEach(Func<string, Task> test)
    {
        foreach (var collection in await registry.CollectionIds())
            await test(collection);
    }

    private Task<List<string>> Evaluate(string collection, string function, string literal) => Evaluate(collection, $"{function}(geometry,{literal})");

    private async Task<List<string>> Evaluate(string collection, string filter)
    {
        var items = await registry.Items(collection, $"limit=1000&filter={Uri.EscapeDataString(filter)}");
        return [.. items.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").ToString())];
    }

    private async Task Refused(string collection, string filter)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"/collections/{collection}/items?filter={Uri.EscapeDataString(filter)}");
        Assert.Equal(["filter"], (await registry.Nobody.Get(address)).IsProblem(400, "malformed").Pointers);
    }
}
