using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using Registry.Core.Filters.Binding;
using Registry.Core.GeoJson;

namespace Registry.Core.Tests.Filters;

public sealed class AreaIntersectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Decides_as_the_geometry_library_does(int seed)
    {
        var random = new Random(seed);
        var (shared, apart) = (0, 0);
        for (var round = 0; round < 200; round++)
        {
            var area = Star(random);
            var test = AreaIntersection.Of(area, PreparedGeometryFactory.Prepare(area))!;
            for (var i = 0; i < 50; i++)
            {
                var other = Other(random);
                var expected = area.Intersects(other);
                Assert.True(expected == test.Intersects(other), $"{area} and {other}");
                (shared, apart) = expected ? (shared + 1, apart) : (shared, apart + 1);
            }
        }

        Assert.True(shared > 1000 && apart > 1000);
    }

    [Fact]
    public void Is_not_for_areas_of_many_edges_nor_for_lines()
    {
        var line = Wgs84.Factory.CreateLineString([new(0, 0), new(1, 1)]);
        Assert.Null(AreaIntersection.Of(line, PreparedGeometryFactory.Prepare(line)));
        var round = Wgs84.Factory.CreatePoint(new Coordinate(0, 0)).Buffer(1, 100);
        Assert.Null(AreaIntersection.Of(round, PreparedGeometryFactory.Prepare(round)));
    }

    // On whole numbers, so that edges and corners often only touch; with a hole in every other one.
    private static Geometry Star(Random random)
    {
        var corners = Enumerable.Range(0, random.Next(3, 12)).Select(_ => random.NextDouble() * 2 * Math.PI).Distinct().Order()
            .Select(angle => (Angle: angle, Radius: random.Next(3, 20)))
            .Select(corner => new Coordinate(Math.Round(corner.Radius * Math.Cos(corner.Angle)), Math.Round(corner.Radius * Math.Sin(corner.Angle))))
            .ToList();
        var star = Wgs84.Factory.CreatePolygon([.. corners, corners[0]]).Buffer(0);
        if (star.IsEmpty)
            return Wgs84.Factory.ToGeometry(new Envelope(-5, 5, -5, 5));
        return random.Next(2) == 0 ? star : star.Difference(Wgs84.Factory.ToGeometry(new Envelope(-2, 2, -2, 2))) is { IsEmpty: false } holed ? holed : star;
    }

    private static Geometry Other(Random random)
    {
        var (x, y) = (random.Next(-20, 20), random.Next(-20, 20));
        return random.Next(3) switch
        {
            0 => Wgs84.Factory.CreatePoint(new Coordinate(x, y)),
            1 => Wgs84.Factory.ToGeometry(new Envelope(x, x + random.Next(1, 8), y, y + random.Next(1, 8))),
            _ => Wgs84.Factory.CreatePolygon([new(x, y), new(x + 6, y), new(x + 6, y + 2), new(x + 2, y + 2), new(x + 2, y + 6), new(x, y + 6), new(x, y)]),
        };
    }
}
