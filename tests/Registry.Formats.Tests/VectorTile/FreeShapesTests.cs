using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;
using Registry.Core.Tests.GeoJson;
using Registry.Formats.VectorTile;

namespace Registry.Formats.Tests.VectorTile;

public class FreeShapesTests
{
    [Fact]
    public void Polygons_are_drawn_valid_and_where_they_are()
    {
        var random = new Random(6);
        var drawn = 0;
        for (var i = 0; i < 1_500; i++)
        {
            if (RandomGeometry.Next(random, 7) is not { Dimension: Dimension.Surface } polygon || polygon.EnvelopeInternal.MaxY > 80)
                continue;
            var zoom = random.Next(0, 12);
            var corner = polygon.Coordinates[random.Next(polygon.NumPoints)];
            var world = new TileFrame(new TileAddress(0, 0, 0));
            var tile = new TileAddress(
                zoom, (int)(world.X(corner.X) / TileFrame.Extent * (1 << zoom)), (int)(world.Y(corner.Y) / TileFrame.Extent * (1 << zoom)));
            var geometry = new TileGeometry();
            var frame = new TileFrame(tile);
            new FreeShapes(frame).Draw(polygon, geometry);
            var exact = Exact(frame, polygon);
            if (geometry.IsEmpty)
            {
                Assert.True(exact.Area < 40_000, $"{exact.Area} square units of {polygon} are missing.");
                continue;
            }

            drawn++;
            var shown = DrawnRings.Polygons(geometry);
            Assert.True(new Envelope(TileFrame.Least, TileFrame.Most, TileFrame.Least, TileFrame.Most).Contains(shown.EnvelopeInternal));
            // A line moves by the tolerance and the rounding of a unit, on both sides of every edge at most.
            Assert.InRange(shown.Area, exact.Area - Slack(exact), exact.Area + Slack(exact));
        }

        Assert.True(drawn > 300, $"Only {drawn} polygons were drawn.");
    }

    [Fact]
    public void A_point_is_drawn_in_the_tile_and_its_buffer_and_nowhere_else()
    {
        var frame = new TileFrame(new TileAddress(8, 179, 88));
        var geometry = new TileGeometry();
        foreach (var (x, y, isDrawn) in ((double, double, bool)[])[(0, 0, true), (4096, 100, true), (-64, 4160, true), (-65, 5, false), (7, 4162, false)])
        {
            geometry.Clear();
            new FreeShapes(frame).Draw(Wgs84.Factory.CreatePoint(new Coordinate(frame.Longitude(x), frame.Latitude(y))), geometry);
            Assert.Equal(isDrawn, !geometry.IsEmpty);
            if (isDrawn)
                Assert.Equal(new TilePoint((int)x, (int)y), Assert.Single(Assert.Single(DrawnRings.Read(geometry))));
        }
    }

    [Fact]
    public void An_area_smaller_than_a_unit_is_not_drawn()
    {
        var geometry = new TileGeometry();
        var speck = Wgs84.Factory.ToGeometry(new Envelope(70, 70.001, 50, 50.001));
        new FreeShapes(new TileFrame(new TileAddress(0, 0, 0))).Draw(speck, geometry);
        Assert.True(geometry.IsEmpty);
    }

    private static Geometry Exact(TileFrame frame, Geometry degrees)
    {
        var projected = degrees.Copy();
        foreach (var coordinate in projected.Coordinates)
            (coordinate.X, coordinate.Y) = (frame.X(coordinate.X), frame.Y(coordinate.Y));
        projected.GeometryChanged();
        return projected.Buffer(0).Intersection(GeometryFactory.Default.ToGeometry(
            new Envelope(TileFrame.Least, TileFrame.Most, TileFrame.Least, TileFrame.Most)));
    }

    private static double Slack(Geometry exact) => (exact.Length + 40) * (FreeShapes.ToleranceUnits + 1);
}
