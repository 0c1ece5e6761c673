using Registry.Core.Ground;
using Registry.Core.Tests.Ground;
using Registry.Formats.VectorTile;

namespace Registry.Formats.Tests.VectorTile;

public class CellShapesTests
{
    private static readonly Graticule Minute = Graticule.Minute;

    [Fact]
    public void What_is_drawn_is_valid_and_is_the_cells_cut_at_the_buffer_to_the_unit()
    {
        var random = new Random(4);
        var drawn = 0;
        for (var i = 0; i < 3_000; i++)
        {
            // At 83 degrees a cell is eight times as tall as wide; there and everywhere below the projection's end.
            var cells = RandomCells.Set(random).Filter(cell => Math.Abs(Minute.Latitude(Minute.Row(cell))) < 84);
            if (cells.Count == 0)
                continue;
            var frame = new TileFrame(TileNear(cells[random.Next(cells.Count)], random.Next(6, 15), random));
            var geometry = new TileGeometry();
            new CellShapes(frame, Minute).Draw(cells, geometry);
            Assert.Equal(cells.Sum(cell => AreaOf(frame, cell)), geometry.IsEmpty ? 0 : DrawnRings.Polygons(geometry).Area);
            drawn += geometry.IsEmpty ? 0 : 1;
        }

        Assert.True(drawn > 1_000, $"Only {drawn} sets were in their tiles.");
    }

    [Fact]
    public void Where_cells_are_small_what_is_drawn_is_valid_and_has_about_their_area()
    {
        var random = new Random(5);
        for (var i = 0; i < 60; i++)
        {
            var (row, column) = ((int)Minute.RowsFromSouthPole(40 + (random.NextDouble() * 15)), (int)Minute.ColumnsFromAntimeridian(random.Next(46, 88)));
            var side = random.Next(150, 200);
            var cells = CellSet.Of(
                from r in Enumerable.Range(row, side)
                from c in Enumerable.Range(column, side)
                where ((r - row) / 40 + ((c - column) / 40)) % 3 != 0
                select Minute.CellOf(r, c));
            var zoom = random.Next(2, 6);
            var frame = new TileFrame(TileNear(cells[cells.Count / 2], zoom, new Random(0)));
            var geometry = new TileGeometry();
            new CellShapes(frame, Minute).Draw(cells, geometry);
            var exact = cells.Sum(cell => ExactAreaOf(frame, cell));
            if (exact < 4_000)
                continue;
            // Patches of 40 cells a side, at squares of at most 12: the edges move by half a square at most.
            Assert.InRange(DrawnRings.Polygons(geometry).Area / exact, 0.6, 1.5);
        }
    }

    [Fact]
    public void Neighbours_share_their_edge()
    {
        var frame = new TileFrame(new TileAddress(10, 711, 354));
        var shapes = new CellShapes(frame, Minute);
        var (cell, geometry) = (shapes.CellsOn(new SheetId(12, 42)).ElementAt(30), new TileGeometry());
        shapes.Draw(cell, geometry);
        var here = DrawnRings.Polygons(geometry).EnvelopeInternal;
        geometry.Clear();
        shapes.Draw(Minute.CellOf(Minute.Row(cell), Minute.Column(cell) + 1), geometry);
        Assert.Equal(here.MaxX, DrawnRings.Polygons(geometry).EnvelopeInternal.MinX);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(22)]
    public void The_whole_pyramid_can_be_drawn(int zoom)
    {
        var cell = Minute.CellAt(72.3, 49.7);
        var frame = new TileFrame(TileNear(cell, zoom, new Random(1)));
        var geometry = new TileGeometry();
        new CellShapes(frame, Minute).Draw(CellSet.Of([cell]), geometry);
        Assert.Equal(zoom == 0, geometry.IsEmpty);
    }

    /// <summary>The tile that holds a place of a cell, or one of its neighbours.</summary>
    private static TileAddress TileNear(Cell cell, int zoom, Random random)
    {
        var world = new TileFrame(new TileAddress(0, 0, 0));
        var (longitude, latitude) = (Minute.Longitude(Minute.Column(cell)) + 0.008, Minute.Latitude(Minute.Row(cell)) + 0.008);
        var (x, y) = (world.X(longitude) / TileFrame.Extent, world.Y(latitude) / TileFrame.Extent);
        var side = 1 << zoom;
        return new TileAddress(
            zoom,
            Math.Clamp((int)(x * side) + random.Next(-1, 2) * random.Next(2), 0, side - 1),
            Math.Clamp((int)(y * side) + random.Next(-1, 2) * random.Next(2), 0, side - 1));
    }

    /// <summary>The area of a cell in whole units, cut at the buffer.</summary>
    private static double AreaOf(TileFrame frame, Cell cell)
    {
        var (row, column) = (Minute.Row(cell), Minute.Column(cell));
        var width = Unit(frame.X(Minute.Longitude(column + 1))) - Unit(frame.X(Minute.Longitude(column)));
        var height = Unit(frame.Y(Minute.Latitude(row))) - Unit(frame.Y(Minute.Latitude(row + 1)));
        return width * height;
    }

    private static double ExactAreaOf(TileFrame frame, Cell cell)
    {
        var (row, column) = (Minute.Row(cell), Minute.Column(cell));
        var width = Cut(frame.X(Minute.Longitude(column + 1))) - Cut(frame.X(Minute.Longitude(column)));
        var height = Cut(frame.Y(Minute.Latitude(row))) - Cut(frame.Y(Minute.Latitude(row + 1)));
        return width * height;
    }

    private static double Unit(double place) => Math.Round(Cut(place));

    private static double Cut(double place) => Math.Clamp(place, TileFrame.Least, TileFrame.Most);
}
