using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.OpenGround;

namespace Registry.Core.Tests.OpenGround;

public class GroundWindowTests
{
    private static readonly Graticule Minute = Graticule.Minute;

    // Four sheets that meet at 48 N, 72 E.
    private static readonly SheetId[] Four = [new(11, 42), new(11, 43), new(12, 42), new(12, 43)];

    [Fact]
    public void Areas_are_those_of_a_flood_fill_over_sheet_edges_too()
    {
        var random = new Random(10);
        for (var round = 0; round < 20; round++)
        {
            var open = RandomGround(random, 0.45 + (random.NextDouble() * 0.3));
            var least = random.Next(1, 30);
            var expected = Flood(open).Where(area => area.Count >= least).ToList();
            var areas = Window(open).Areas(least);
            Assert.Equal(expected.Select(area => area.Count).OrderDescending(), areas.Select(area => area.Count));
            Assert.Equal(expected.Select(CellSet.Of).OrderBy(area => area[0]), areas.OrderBy(area => area[0]));
        }
    }

    [Fact]
    public void Cells_near_points_are_those_whose_nearest_part_is_near()
    {
        var random = new Random(11);
        for (var round = 0; round < 15; round++)
        {
            var points = Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyPoint(random)).ToList();
            var km = random.NextDouble() * 60;
            var open = RandomGround(random, 0.7);
            var window = Window(open);
            Assert.True(window.KeepNear(points, km, WorkBudget.Unbounded));
            var kept = window.Areas(1).SelectMany(area => area).ToHashSet();
            foreach (var cell in open)
            {
                var distance = points.Min(point => GroundDistance.Km(Minute, point, CellSet.Of([cell])));
                // The two are computed in different ways and may differ in the last digits.
                if (Math.Abs(distance - km) > 1e-6)
                    Assert.True(kept.Contains(cell) == distance < km, $"{cell} lies {distance} km away; {km} were asked for.");
            }
        }
    }

    [Fact]
    public void A_distance_to_cells_is_the_least_to_any_point_of_them()
    {
        var random = new Random(12);
        for (var round = 0; round < 100; round++)
        {
            var point = AnyPoint(random);
            var cells = CellSet.Of(Enumerable.Range(0, 5).Select(_ => Minute.CellAt(72 + random.NextDouble() - 0.5, 48 + random.NextDouble() - 0.5)));
            var sampled = double.MaxValue;
            foreach (var cell in cells)
            {
                for (var i = 0; i <= 40; i++)
                {
                    for (var j = 0; j <= 40; j++)
                    {
                        var (x, y) = (Minute.Longitude(Minute.Column(cell)) + (i / 2400.0), Minute.Latitude(Minute.Row(cell)) + (j / 2400.0));
                        sampled = Math.Min(sampled, Haversine(point, x, y));
                    }
                }
            }

            Assert.InRange(GroundDistance.Km(Minute, point, cells), sampled - 0.05, sampled + 1e-9);
        }
    }

    [Fact]
    public void Within_a_polygon_only_whole_cells_are_kept_and_beside_an_area_only_clear_ones()
    {
        var open = RandomGround(new Random(13), 1);
        var polygon = Wgs84.Factory.ToGeometry(new Envelope(71.72, 72.3, 47.8, 48.21));
        var area = Wgs84.Factory.ToGeometry(new Envelope(72.0, 72.05, 48.0, 48.05));
        var window = Window(open);
        Assert.True(window.KeepWithin(polygon));
        Assert.True(window.KeepClearOf(area, 5_000, WorkBudget.Unbounded));
        var kept = window.Areas(1).SelectMany(one => one).ToHashSet();
        foreach (var cell in open)
        {
            var ground = Wgs84.Factory.ToGeometry(new Envelope(
                Minute.Longitude(Minute.Column(cell)), Minute.Longitude(Minute.Column(cell) + 1), Minute.Latitude(Minute.Row(cell)), Minute.Latitude(Minute.Row(cell) + 1)));
            var km = Enumerable.Range(0, 4).Min(corner => GroundDistance.Km(
                Minute, Wgs84.Factory.CreatePoint(area.Coordinates[corner]), CellSet.Of([cell])));
            if (kept.Contains(cell))
                Assert.True(polygon.Buffer(1e-6).Covers(ground) && km > 4.9);
            else
                Assert.True(!polygon.Covers(ground) || ground.IsWithinDistance(area, 0.075));
        }

        Assert.True(kept.Count is > 300 and < 800, $"{kept.Count} cells are kept.");
    }

    // Within forty cells of the corner of the four sheets.
    private static HashSet<Cell> RandomGround(Random random, double density)
    {
        var (row, column) = (Minute.Row(Minute.CellAt(72, 48)), Minute.Column(Minute.CellAt(72, 48)));
        return [.. from r in Enumerable.Range(row - 40, 80) from c in Enumerable.Range(column - 40, 80)
            where random.NextDouble() < density select Minute.CellOf(r, c)];
    }

    private static GroundWindow Window(HashSet<Cell> open)
    {
        var window = new GroundWindow(Minute, Four);
        foreach (var sheet in Four)
        {
            var bits = new byte[Minute.CellsPerSheet / 8];
            foreach (var index in open.Where(cell => Minute.SheetOf(cell) == sheet).Select(Minute.IndexInSheet))
                bits[index / 8] |= (byte)(1 << (index % 8));
            window.Open(sheet, bits);
        }

        return window;
    }

    private static List<List<Cell>> Flood(HashSet<Cell> open)
    {
        var areas = new List<List<Cell>>();
        var left = open.ToHashSet();
        while (left.Count > 0)
        {
            var area = new List<Cell>();
            var next = new Stack<Cell>([left.First()]);
            while (next.TryPop(out var cell))
            {
                if (!left.Remove(cell))
                    continue;
                area.Add(cell);
                var (row, column) = (Minute.Row(cell), Minute.Column(cell));
                foreach (var (r, c) in ((int, int)[])[(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)])
                    next.Push(Minute.CellOf(r, c));
            }

            areas.Add(area);
        }

        return areas;
    }

    private static Point AnyPoint(Random random) =>
        Wgs84.Factory.CreatePoint(new Coordinate(71 + (random.NextDouble() * 2), 47 + (random.NextDouble() * 2)));

    private static double Haversine(Point from, double x, double y)
    {
        var (north, east) = (Math.Sin(double.DegreesToRadians(y - from.Y) / 2), Math.Sin(double.DegreesToRadians(x - from.X) / 2));
        var shrink = Math.Cos(double.DegreesToRadians(from.Y)) * Math.Cos(double.DegreesToRadians(y));
        return 2 * 6371.0088 * Math.Asin(Math.Sqrt((north * north) + (shrink * east * east)));
    }
}
