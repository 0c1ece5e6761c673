using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using Registry.Core.Filters.Binding;
using Registry.Core.GeoJson;
using Registry.Core.Ground;

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

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Decides_of_cells_as_the_geometry_library_does_of_their_outline(int seed)
    {
        var graticule = Graticule.Minute;
        var random = new Random(seed);
        var (shared, apart) = (0, 0);
        for (var round = 0; round < 200; round++)
        {
            var area = AmongCells(Star(random), graticule, random);
            var test = AreaIntersection.Of(area, PreparedGeometryFactory.Prepare(area))!;
            for (var i = 0; i < 20; i++)
            {
                var outline = CellRectangles.WrittenOutline(graticule, Cells(random, graticule), Wgs84.Factory);
                Assert.NotNull(CellRectangles.Of(outline));
                var expected = area.Intersects(outline);
                Assert.True(expected == test.Intersects(outline), $"{area} and {outline}");
                (shared, apart) = expected ? (shared + 1, apart) : (shared, apart + 1);
            }
        }

        Assert.True(shared > 500 && apart > 500);
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

    // One unit is one cell. Half of the areas have their corners on corners of cells, as these are written.
    private static Geometry AmongCells(Geometry star, Graticule graticule, Random random)
    {
        var moved = random.Next(2) * 0.37;
        var among = star.Copy();
        among.Apply(new Placing(graticule, moved));
        among.GeometryChanged();
        return among;
    }

    private static CellSet Cells(Random random, Graticule graticule)
    {
        var (row, column) = (Row(graticule) + random.Next(-20, 20), Column(graticule) + random.Next(-20, 20));
        var cells = new List<Cell>();
        for (var i = 0; i < random.Next(1, 30); i++)
        {
            cells.Add(graticule.CellOf(row, column));
            (row, column) = random.Next(4) switch { 0 => (row + 1, column), 1 => (row - 1, column), 2 => (row, column + 1), _ => (row, column - 1) };
        }

        return CellSet.Of(cells);
    }

    private static int Row(Graticule graticule) => graticule.Row(graticule.CellAt(71.51, 49.51));

    private static int Column(Graticule graticule) => graticule.Column(graticule.CellAt(71.51, 49.51));

    private sealed class Placing(Graticule graticule, double moved) : ICoordinateFilter
    {
        public void Filter(Coordinate corner)
        {
            var (column, row) = ((int)Math.Round(corner.X), (int)Math.Round(corner.Y));
            corner.X = DecimalDegrees.ValueOf(graticule.LongitudeInTenths(Column(graticule) + column)) + (moved / 60);
            corner.Y = DecimalDegrees.ValueOf(graticule.LatitudeInTenths(Row(graticule) + row)) + (moved / 60);
        }
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
