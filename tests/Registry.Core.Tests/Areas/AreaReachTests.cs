using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Registry.Core.Areas;
using Registry.Core.GeoJson;
using Registry.Core.Ground;

namespace Registry.Core.Tests.Areas;

public class AreaReachTests
{
    private static readonly Graticule Minute = Graticule.Minute;

    [Fact]
    public void Cells_are_those_that_an_outline_of_the_buffer_touches_and_covers()
    {
        var random = new Random(20_281_128);
        for (var round = 0; round < 24; round++)
        {
            var area = AnyArea(random);
            var metres = Math.Pow(10, 2 + (random.NextDouble() * 2.5));
            var plane = MetricPlane.At(area.EnvelopeInternal.Centre.Y);
            var (touched, covered) = (Cells(area, metres, SnapRule.Touched), Cells(area, metres, SnapRule.Covered));
            Assert.Superset(covered, touched);
            var (inner, outer) = (Outline(area, (metres * 0.997) - 1, plane), Outline(area, (metres * 1.0075) + 8, plane));
            var near = outer.EnvelopeInternal;
            for (var row = Minute.Row(Minute.CellAt(near.MinX, near.MinY)) - 1; row <= Minute.Row(Minute.CellAt(near.MaxX, near.MaxY)) + 1; row++)
            {
                for (var column = Minute.Column(Minute.CellAt(near.MinX, near.MinY)) - 1; column <= Minute.Column(Minute.CellAt(near.MaxX, near.MaxY)) + 1; column++)
                {
                    var cell = Minute.CellOf(row, column);
                    var ground = Wgs84.Factory.ToGeometry(new Envelope(
                        Minute.Longitude(column), Minute.Longitude(column + 1), Minute.Latitude(row), Minute.Latitude(row + 1)));
                    var at = $"Round {round}, {area.GeometryType}, {metres} m, row {row}, column {column}.";
                    Assert.True(touched.Contains(cell) ? outer.Intersects(ground) : !inner.Intersects(ground), $"{at} Touched: {touched.Contains(cell)}.");
                    Assert.True(covered.Contains(cell) ? outer.Covers(ground) : !inner.Covers(ground), $"{at} Covered: {covered.Contains(cell)}.");
                }
            }
        }
    }

    [Fact]
    public void Without_a_distance_the_cells_are_those_of_the_area()
    {
        var area = Wgs84.Factory.ToGeometry(new Envelope(70.01, 70.33, 48.01, 48.27));

        Assert.Equal(Snapping.Snap(Minute, area, SnapRule.Covered, 1_000).Cells, Cells(area, 0, SnapRule.Covered).Order());
        Assert.Empty(Cells(((Polygon)area).ExteriorRing, 0, SnapRule.Touched));
    }

    [Fact]
    public void Ground_beyond_the_pole_and_the_antimeridian_is_cut_off()
    {
        Assert.Contains(Minute.CellAt(10, 89.99), Cells(Wgs84.Factory.CreatePoint(new Coordinate(10, 89.99)), 5_000, SnapRule.Touched));
        Assert.Contains(Minute.CellAt(179.99, 50), Cells(Wgs84.Factory.CreatePoint(new Coordinate(180, 50)), 5_000, SnapRule.Touched));
    }

    [Fact]
    public void Edges_within_reach_of_thousands_of_others_spend_the_budget_and_those_of_a_reserve_do_not()
    {
        var comb = Ring(19_990, i => i < 19_988 ? (66 + (i * 1e-4), 46 + (i % 2 * 3)) : (66 + ((19_990 - i) * 1e-4), 45));
        var reserve = Ring(19_990, i => (68 + (Math.Cos(i * 2 * Math.PI / 19_990) * (1 + (i % 7 * 0.002))), 48 + Math.Sin(i * 2 * Math.PI / 19_990)));
        foreach (var metres in (double[])[100, 2_000, 50_000])
        {
            var budget = new WorkBudget(WorkBudget.OfRequest);
            Assert.Equal(SnapEnd.Complete, AreaReach.Snap(Minute, reserve, metres, SnapRule.Covered, 100_000, budget).End);
            Assert.InRange(budget.Spent, 1, WorkBudget.OfRequest * 3 / 4);
            Assert.Equal(SnapEnd.TooMuchWork, AreaReach.Snap(Minute, comb, metres, SnapRule.Covered, 100_000, new WorkBudget(WorkBudget.OfRequest)).End);
        }
    }

    private static HashSet<Cell> Cells(Geometry area, double metres, SnapRule rule)
    {
        var snapped = AreaReach.Snap(Minute, area, metres, rule, 1_000_000, WorkBudget.Unbounded);
        Assert.Equal(SnapEnd.Complete, snapped.End);
        return [.. snapped.Cells];
    }

    // By the geometry library, with corners so fine that they fall 0.01 % short.
    private static Geometry Outline(Geometry area, double metres, MetricPlane plane)
    {
        var (east, north) = (plane.MetresPerDegreeEast, plane.MetresPerDegreeNorth);
        var widened = AffineTransformation.ScaleInstance(east, north).Transform(area).Buffer(metres, 64);
        return AffineTransformation.ScaleInstance(1 / east, 1 / north).Transform(widened);
    }

    private static Geometry AnyArea(Random random)
    {
        var (x, y, size) = (60 + (random.NextDouble() * 20), 42 + (random.NextDouble() * 12), 0.02 + (random.NextDouble() * 0.5));
        Coordinate Any() => new(x + (random.NextDouble() * size), y + (random.NextDouble() * size));
        return random.Next(4) switch
        {
            0 => Wgs84.Factory.CreateMultiPointFromCoords([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Any())]),
            1 => Wgs84.Factory.CreateLineString([.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => Any())]),
            2 => Wgs84.Factory.ToGeometry(new Envelope(Any(), Any())).Difference(Wgs84.Factory.CreatePoint(Any()).Buffer(size / 4)),
            _ => Ring(random.Next(3, 20), i => (x + (Math.Cos(i) * size * (0.2 + random.NextDouble())), y + (Math.Sin(i) * size * random.NextDouble()))).Buffer(0),
        };
    }

    private static Polygon Ring(int positions, Func<int, (double X, double Y)> at)
    {
        Coordinate[] ring = [.. Enumerable.Range(0, positions).Select(at).Select(place => new Coordinate(place.X, place.Y))];
        return Wgs84.Factory.CreatePolygon([.. ring, ring[0].Copy()]);
    }
}
