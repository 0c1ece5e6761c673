using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using Registry.Core.Ground;

namespace Registry.Core.Tests.Ground;

public sealed class SnappingTests
{
    private static readonly Graticule _minute = Graticule.Minute;

    private static readonly GeometryFactory _factory = new();

    private static readonly SnapRule[] _rules = Enum.GetValues<SnapRule>();

    private static CellSet Snap(Geometry polygon, SnapRule rule)
    {
        var snapped = Snapping.Snap(_minute, polygon, rule, 1_000_000);
        Assert.Equal(SnapEnd.Complete, snapped.End);
        return snapped.Cells;
    }

    [Fact]
    public void The_outline_of_any_set_snaps_back_to_it_by_every_rule()
    {
        var random = new Random(21);
        for (var i = 0; i < 200; i++)
        {
            var cells = RandomCells.Set(random);
            var outline = Outline.Of(_minute, cells).ToGeometry(_factory);
            foreach (var rule in _rules)
            {
                Assert.Equal(cells, Snap(outline, rule));
                Assert.Equal(cells, Snap(Rounded(outline, 9), rule));
                Assert.Equal(cells, Snap(Rounded(outline, 7), rule));
            }
        }
    }

    [Fact]
    public void An_edge_that_strays_farther_than_the_tolerance_counts()
    {
        var cells = RandomCells.Drawn("##", "##");
        var square = Outline.Of(_minute, cells).ToGeometry(_factory).EnvelopeInternal;
        var smaller = Grown(square, -3e-7);
        var larger = Grown(square, 3e-7);
        Assert.Empty(Snap(smaller, SnapRule.Covered));
        Assert.Equal(cells, Snap(smaller, SnapRule.Touched));
        Assert.Equal(cells, Snap(larger, SnapRule.Covered));
        Assert.Equal(16, Snap(larger, SnapRule.Touched).Count);
    }

    [Fact]
    public void Holes_are_honoured()
    {
        var cells = RandomCells.Drawn("#####", "#...#", "#.#.#", "#...#", "#####");
        var outline = Outline.Of(_minute, cells).ToGeometry(_factory);
        var filled = (Polygon)_factory.ToGeometry(outline.EnvelopeInternal);
        var pierced = filled.Difference(PointAt(70 + (2.5 / 60), 50 + (2.5 / 60)).Buffer(0.001));
        Assert.Equal(24, Snap(pierced, SnapRule.Covered).Count);
        Assert.Equal(25, Snap(pierced, SnapRule.Touched).Count);
        Assert.Equal(24, Snap(pierced, SnapRule.Centred).Count);
    }

    [Fact]
    public void A_polygon_inside_one_cell_touches_it_and_covers_nothing()
    {
        var speck = PointAt(70.001, 50.001).Buffer(0.0005);
        Assert.Empty(Snap(speck, SnapRule.Covered));
        Assert.Empty(Snap(speck, SnapRule.Centred));
        Assert.Equal([_minute.CellAt(70.001, 50.001)], Snap(speck, SnapRule.Touched));
    }

    [Fact]
    public void Random_polygons_give_the_cells_that_exact_predicates_give()
    {
        var random = new Random(34);
        var tolerance = Snapping.ToleranceDegrees;
        var compared = 0;
        for (var i = 0; i < 120; i++)
        {
            var polygon = RandomPolygon(random);
            var prepared = PreparedGeometryFactory.Prepare(polygon);
            var found = Array.ConvertAll(_rules, rule => Snap(polygon, rule));
            foreach (var cell in Around(polygon.EnvelopeInternal))
            {
                var (west, south) = (_minute.Longitude(_minute.Column(cell)), _minute.Latitude(_minute.Row(cell)));
                var (east, north) = (west + (1 / 60.0), south + (1 / 60.0));
                var inner = _factory.ToGeometry(new Envelope(west + tolerance, east - tolerance, south + tolerance, north - tolerance));
                Assert.Equal(prepared.Covers(inner), found[(int)SnapRule.Covered].Contains(cell));
                Assert.Equal(prepared.Intersects(inner), found[(int)SnapRule.Touched].Contains(cell));
                Assert.Equal(prepared.Intersects(PointAt(west + (1 / 120.0), south + (1 / 120.0))), found[(int)SnapRule.Centred].Contains(cell));
                compared++;
            }
        }

        Assert.True(compared > 10_000);
    }

    [Fact]
    public void Polygons_that_share_a_border_take_each_cell_once_by_its_centre()
    {
        var random = new Random(55);
        // A square cut in two by a line of many corners, some of them on cell centres.
        var cut = Enumerable.Range(1, 38)
            .Select(i => new Coordinate(70 + ((20 + random.Next(-15, 16)) / 60.0) + (1 / 120.0), 50 + (i / 60.0) + (1 / 120.0)))
            .Prepend(new Coordinate(70.3, 50)).Append(new Coordinate(70.4, 50 + (40 / 60.0))).ToArray();
        var north = 50 + (40 / 60.0);
        var east = 70 + (40 / 60.0);
        var left = Closed([new(70, north), new(70, 50), .. cut]);
        var right = Closed([new(east, 50), new(east, north), .. cut.Reverse()]);
        var (one, other) = (Snap(left, SnapRule.Centred), Snap(right, SnapRule.Centred));
        Assert.Empty(one.Intersect(other));
        Assert.Equal(1600, one.Count + other.Count);
    }

    [Fact]
    public void More_cells_than_the_limit_are_refused_and_as_many_are_not()
    {
        var outline = Outline.Of(_minute, RandomCells.Drawn("####", "####")).ToGeometry(_factory);
        Assert.Equal(SnapEnd.Complete, Snapping.Snap(_minute, outline, SnapRule.Covered, 8).End);
        Assert.Equal(new Snapped(CellSet.Empty, SnapEnd.TooManyCells), Snapping.Snap(_minute, outline, SnapRule.Covered, 7));
    }

    [Fact]
    public void A_polygon_over_the_world_stops_at_the_limit()
    {
        var world = _factory.ToGeometry(new Envelope(-180, 180, -90, 90));
        foreach (var rule in _rules)
            Assert.Equal(SnapEnd.TooManyCells, Snapping.Snap(_minute, world, rule, 200).End);
    }

    [Fact]
    public void A_polygon_whose_edges_all_cross_the_world_is_given_up()
    {
        // A ribbon that goes from pole to pole 50,000 times and covers no cell, so that the limit of cells does not end it.
        var there = Enumerable.Range(0, 50_000).Select(i => new Coordinate(-179 + (i * 0.007), i % 2 == 0 ? 89 : -89));
        var back = there.Reverse().Select(point => new Coordinate(point.X + 0.001, point.Y));
        Coordinate[] points = [.. there, .. back];
        Assert.Equal(SnapEnd.TooMuchWork, Snapping.Snap(_minute, Closed(points), SnapRule.Covered, 200).End);
    }

    [Fact]
    public void The_edges_of_the_Earth_are_inside_it()
    {
        var corner = _factory.ToGeometry(new Envelope(180 - (2 / 60.0), 180, 90 - (2 / 60.0), 90));
        foreach (var rule in _rules)
            Assert.Equal(4, Snap(corner, rule).Count);
    }

    [Fact]
    public void What_is_no_polygon_on_the_Earth_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Snapping.Snap(_minute, PointAt(70, 50), SnapRule.Covered, 1));
        Assert.Throws<ArgumentException>(() => Snapping.Snap(_minute, Closed([new(0, 0), new(double.NaN, 0), new(1, 1)]), SnapRule.Covered, 1));
        Assert.Throws<ArgumentException>(() => Snapping.Snap(_minute, Closed([new(0, 0), new(1e300, 0), new(1, 1)]), SnapRule.Covered, 1));
        Assert.Empty(Snap(_factory.CreatePolygon(), SnapRule.Touched));
    }

    [Fact]
    public void Kazakhstan_has_1_183_044_cells_by_their_centres_in_26_sheets()
    {
        var outline = Kazakhstan();
        var cells = Snapping.Snap(_minute, outline, SnapRule.Centred, 2_000_000).Cells;
        Assert.Equal(1_183_044, cells.Count);
        var country = CellBitmap.Of(_minute, cells);
        Assert.Equal(cells.Count, country.Count);
        Assert.Equal(26, country.Sheets.Count);
        Assert.Equal(
            ["K-39", "K-40", "K-41", "K-42", "K-43", "K-44", "L-38", "L-39", "L-40", "L-41", "L-42", "L-43", "L-44", "L-45",
                "M-38", "M-39", "M-40", "M-41", "M-42", "M-43", "M-44", "M-45", "N-41", "N-42", "N-43", "N-44"],
            country.Sheets.Select(sheet => sheet.ToString()));
        // The other rules miss the border's cells, or take them all.
        Assert.Equal(1_177_050, Snapping.Snap(_minute, outline, SnapRule.Covered, 2_000_000).Cells.Count);
        Assert.Equal(1_189_033, Snapping.Snap(_minute, outline, SnapRule.Touched, 2_000_000).Cells.Count);
    }

    private static MultiPolygon Kazakhstan()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Data", "kazakhstan_outline_10m.geojson");
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var coordinates = json.RootElement.GetProperty("features")[0].GetProperty("geometry").GetProperty("coordinates");
        return _factory.CreateMultiPolygon([.. coordinates.EnumerateArray().Select(polygon =>
        {
            var rings = polygon.EnumerateArray().Select(ring => _factory.CreateLinearRing(
                [.. ring.EnumerateArray().Select(point => new Coordinate(point[0].GetDouble(), point[1].GetDouble()))])).ToArray();
            return _factory.CreatePolygon(rings[0], rings[1..]);
        })]);
    }

    private static Geometry Grown(Envelope square, double by)
    {
        var grown = square.Copy();
        grown.ExpandBy(by);
        return _factory.ToGeometry(grown);
    }

    private static Point PointAt(double longitude, double latitude) => _factory.CreatePoint(new Coordinate(longitude, latitude));

    private static Polygon Closed(Coordinate[] points) => _factory.CreatePolygon([.. points, points[0].Copy()]);

    private static Geometry Rounded(Geometry geometry, int decimals)
    {
        var copy = geometry.Copy();
        foreach (var point in copy.Coordinates)
            (point.X, point.Y) = (Math.Round(point.X, decimals), Math.Round(point.Y, decimals));
        return copy;
    }

    /// <summary>A star with a hole, or two of them apart: slanted edges, sharp corners, thin arms.</summary>
    private static Geometry RandomPolygon(Random random)
    {
        var first = Star(random, random.Next(-170, 170), random.Next(-80, 80));
        return random.Next(3) == 0 ? first.Union(Star(random, first.Centroid.X + 0.3, first.Centroid.Y)) : first;
    }

    private static Geometry Star(Random random, double longitude, double latitude)
    {
        var arms = random.Next(3, 40);
        var size = random.NextDouble() * 0.12;
        Coordinate[] Ring(double scale) => [.. Enumerable.Range(0, arms).Select(i =>
        {
            var radius = scale * (0.3 + (0.7 * random.NextDouble()));
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / arms);
            return new Coordinate(longitude + (radius * cos), latitude + (radius * sin));
        })];
        return Closed(Ring(size)).Buffer(0).Difference(Closed(Ring(size * 0.4)).Buffer(0));
    }

    private static IEnumerable<Cell> Around(Envelope envelope)
    {
        var (south, north) = ((int)_minute.RowsFromSouthPole(envelope.MinY), (int)_minute.RowsFromSouthPole(envelope.MaxY));
        var (west, east) = ((int)_minute.ColumnsFromAntimeridian(envelope.MinX), (int)_minute.ColumnsFromAntimeridian(envelope.MaxX));
        for (var row = south - 1; row <= north + 1; row++)
        {
            for (var column = west - 1; column <= east + 1; column++)
                yield return _minute.CellOf(row, column);
        }
    }
}
