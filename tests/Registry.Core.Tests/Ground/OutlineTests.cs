using System.Text;
using System.Text.Json;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;
using Registry.Core.Ground;

namespace Registry.Core.Tests.Ground;

public sealed class OutlineTests
{
    private static readonly Graticule _minute = Graticule.Minute;

    private static readonly GeometryFactory _factory = new(new PrecisionModel(), 4326);

    private static OutlinePolygon Only(CellSet cells) => Assert.Single(Outline.Of(_minute, cells).Polygons);

    [Fact]
    public void One_cell_is_its_square_from_the_south_west_corner_counter_clockwise()
    {
        var polygon = Only(CellSet.Of([_minute.CellOf(10, 20)]));
        Assert.Equal([new(20, 10), new(21, 10), new(21, 11), new(20, 11)], polygon.Shell);
        Assert.Empty(polygon.Holes);
    }

    [Fact]
    public void Nothing_has_no_polygon()
    {
        Assert.Empty(Outline.Of(_minute, CellSet.Empty).Polygons);
        Assert.True(Outline.Of(_minute, CellSet.Empty).ToGeometry(_factory).IsEmpty);
    }

    [Fact]
    public void A_rectangle_has_four_vertices_however_many_cells() => Assert.Equal(4, Only(RandomCells.Drawn("####", "####")).Shell.Length);

    [Fact]
    public void Cells_that_meet_in_a_corner_are_two_polygons()
    {
        var outline = Outline.Of(_minute, RandomCells.Drawn("#.", ".#"));
        Assert.Equal([4, 4], outline.Polygons.Select(polygon => polygon.Shell.Length));
        Assert.True(outline.ToGeometry(_factory).IsValid);
    }

    [Fact]
    public void A_part_that_meets_itself_in_a_corner_has_a_hole_that_touches_its_shell()
    {
        var polygon = Only(RandomCells.Drawn("###", "#.#", "##."));
        Assert.Equal(6, polygon.Shell.Length);
        Assert.Equal(4, Assert.Single(polygon.Holes).Length);
    }

    [Fact]
    public void Holes_that_meet_in_a_corner_are_two_holes()
    {
        var polygon = Only(RandomCells.Drawn("####", "#.##", "##.#", "####"));
        Assert.Equal([4, 4], polygon.Holes.Select(hole => hole.Length));
    }

    [Fact]
    public void An_island_in_a_hole_is_a_polygon_of_its_own()
    {
        var outline = Outline.Of(_minute, RandomCells.Drawn("#####", "#...#", "#.#.#", "#...#", "#####"));
        Assert.Equal([1, 0], outline.Polygons.Select(polygon => polygon.Holes.Count));
        // Four gaps around one cell that touch each other in its corners are one hole.
        outline = Outline.Of(_minute, RandomCells.Drawn("#####", "##.##", "#.#.#", "##.##", "#####"));
        Assert.Equal([1, 0], outline.Polygons.Select(polygon => polygon.Holes.Count));
        Assert.Equal(12, outline.Polygons[0].Holes[0].Length);
    }

    [Fact]
    public void Random_sets_have_the_outline_of_the_union_of_their_squares_and_are_valid()
    {
        var random = new Random(20260102);
        var (withHoles, withParts) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            var cells = RandomCells.Set(random);
            if (cells.Count == 0)
                continue;
            var outline = Outline.Of(_minute, cells);
            AssertRingsAreCanonical(outline);
            var geometry = InSteps(outline);
            Assert.True(geometry.IsValid, geometry.ToText());
            Assert.True(UnaryUnionOp.Union([.. cells.Select(Square)]).EqualsTopologically(geometry), geometry.ToText());
            Assert.Equal(cells.Count, geometry.Area);
            withHoles += outline.Polygons.Any(polygon => polygon.Holes.Count > 0) ? 1 : 0;
            withParts += outline.Polygons.Count > 1 ? 1 : 0;
        }

        Assert.InRange(withHoles, 40, 200);
        Assert.InRange(withParts, 40, 200);
    }

    [Fact]
    public void Sets_of_a_square_of_four_by_four_are_valid_and_have_their_cells_area()
    {
        // Every 31st of the 65,535 sets, to be quick; all of them were tried once.
        for (var bits = 1; bits < 1 << 16; bits += 31)
        {
            var chosen = bits;
            var cells = CellSet.Of(Enumerable.Range(0, 16).Where(i => (chosen >> i & 1) == 1).Select(i => _minute.CellOf(50 + (i / 4), 50 + (i % 4))));
            var outline = Outline.Of(_minute, cells);
            AssertRingsAreCanonical(outline);
            var geometry = InSteps(outline);
            Assert.True(geometry.IsValid, geometry.ToText());
            Assert.Equal(cells.Count, geometry.Area);
        }
    }

    [Fact]
    public void A_large_set_is_traced_the_same_way()
    {
        var random = new Random(8);
        var cells = CellSet.Of(Enumerable.Range(0, 40_000).Select(_ => _minute.CellOf(random.Next(200), random.Next(300))));
        var outline = Outline.Of(_minute, cells);
        AssertRingsAreCanonical(outline);
        Assert.Equal(cells.Count, InSteps(outline).Area);
    }

    [Fact]
    public void Ground_on_both_sides_of_180_degrees_is_cut_there()
    {
        var cells = CellSet.Of([_minute.CellOf(9000, 0), _minute.CellOf(9000, _minute.Columns - 1)]);
        var outline = Outline.Of(_minute, cells);
        Assert.Equal(2, outline.Polygons.Count);
        Assert.Equal(180, outline.ToGeometry(_factory).Coordinates.Max(point => point.X));
    }

    [Fact]
    public void GeoJson_is_a_Polygon_for_one_ring_and_a_MultiPolygon_for_more()
    {
        Assert.Equal(
            """{"type":"Polygon","coordinates":[[[70,50],[70.0166667,50],[70.0166667,50.0166667],[70,50.0166667],[70,50]]]}""",
            Json(RandomCells.Drawn("#")));
        Assert.StartsWith("""{"type":"MultiPolygon","coordinates":[[[[70,50],""", Json(RandomCells.Drawn("###", "#.#", "###")), StringComparison.Ordinal);
        Assert.Equal("""{"type":"MultiPolygon","coordinates":[]}""", Json(CellSet.Empty));
    }

    [Fact]
    public void GeoJson_has_every_degree_to_seven_decimals()
    {
        var random = new Random(13);
        for (var i = 0; i < 500; i++)
        {
            var cell = new Cell((uint)random.NextInt64((long)_minute.Rows * _minute.Columns));
            using var json = JsonDocument.Parse(Json(CellSet.Of([cell])));
            var corner = json.RootElement.GetProperty("coordinates")[0][0];
            Assert.Equal(decimal.Round((decimal)((_minute.Column(cell) / 60m) - 180), 7, MidpointRounding.AwayFromZero), corner[0].GetDecimal());
            Assert.Equal(decimal.Round((decimal)((_minute.Row(cell) / 60m) - 90), 7, MidpointRounding.AwayFromZero), corner[1].GetDecimal());
        }
    }

    private static string Json(CellSet cells)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Outline.Of(_minute, cells).WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void AssertRingsAreCanonical(Outline outline)
    {
        foreach (var polygon in outline.Polygons)
        {
            AssertRing(polygon.Shell, counterClockwise: true);
            foreach (var hole in polygon.Holes)
                AssertRing(hole, counterClockwise: false);
        }
    }

    private static void AssertRing(Vertex[] ring, bool counterClockwise)
    {
        Assert.Equal(ring.Length, ring.Distinct().Count());
        for (var i = 0; i < ring.Length; i++)
        {
            var (from, at, to) = (ring[i], ring[(i + 1) % ring.Length], ring[(i + 2) % ring.Length]);
            // One step is along a row and the other along a column, so no vertex is collinear.
            Assert.NotEqual(from.Row == at.Row, at.Row == to.Row);
            Assert.True(from.Row == at.Row || from.Column == at.Column);
        }

        Assert.Equal(ring.OrderBy(vertex => vertex.Row).ThenBy(vertex => vertex.Column).First(), ring[0]);
        Assert.Equal(counterClockwise, Orientation.IsCCW([.. ring.Append(ring[0]).Select(vertex => new Coordinate(vertex.Column, vertex.Row))]));
    }

    /// <summary>The outline with columns and rows for coordinates, so that areas and unions are exact.</summary>
    private static MultiPolygon InSteps(Outline outline) => _factory.CreateMultiPolygon(
        [.. outline.Polygons.Select(polygon => _factory.CreatePolygon(Ring(polygon.Shell), [.. polygon.Holes.Select(Ring)]))]);

    private static LinearRing Ring(Vertex[] ring) =>
        _factory.CreateLinearRing([.. ring.Append(ring[0]).Select(vertex => new Coordinate(vertex.Column, vertex.Row))]);

    private static Polygon Square(Cell cell)
    {
        var (row, column) = (_minute.Row(cell), _minute.Column(cell));
        return (Polygon)_factory.ToGeometry(new Envelope(column, column + 1, row, row + 1));
    }
}
