using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Simplify;

namespace Registry.Formats.VectorTile;

/// <summary>Draws free geometry on a tile: projected, cut at the edge of the buffer, rounded to whole units and simplified.</summary>
/// <remarks>
/// Rounding is done by the overlay itself, with snap rounding (NetTopologySuite's OverlayNG with a fixed precision), which gives valid
/// polygons on the units. The simplifier then only leaves vertices out, and keeps the topology.
/// </remarks>
/// <param name="frame">The tile.</param>
public sealed class FreeShapes(TileFrame frame)
{
    /// <summary>How far, in units, a simplified line may run beside the true one: an eighth of a pixel at 256 pixels a tile.</summary>
    public const double ToleranceUnits = 2;

    private static readonly PrecisionModel WholeUnits = new(1);
    private static readonly Geometry Drawn = GeometryFactory.Default.ToGeometry(
        new Envelope(TileFrame.Least, TileFrame.Most, TileFrame.Least, TileFrame.Most));

    private readonly TileProjection _projection = new(frame);

    /// <summary>Draws a point or polygons in degrees; nothing where none of it is in the tile, or all of it is smaller than a unit.</summary>
    public void Draw(Geometry degrees, TileGeometry geometry)
    {
        if (degrees is Point point)
        {
            var (x, y) = (frame.X(point.X), frame.Y(point.Y));
            if (TileFrame.Draws(x, y))
                geometry.Point(new TilePoint((int)Math.Round(x), (int)Math.Round(y)));
            return;
        }

        var projected = degrees.Copy();
        projected.Apply(_projection);
        projected.GeometryChanged();
        if (projected.EnvelopeInternal.Intersects(Drawn.EnvelopeInternal))
            DrawPolygons(TopologyPreservingSimplifier.Simplify(Cut(projected), ToleranceUnits), geometry);
    }

    private static Geometry Cut(Geometry projected)
    {
        try
        {
            return OverlayNG.Overlay(projected, Drawn, SpatialFunction.Intersection, WholeUnits);
        }
        catch (TopologyException)
        {
            // Straight lines of degrees are straight lines here too, so two that nearly meet may cross after the projection.
            return OverlayNG.Overlay(GeometryFixer.Fix(projected), Drawn, SpatialFunction.Intersection, WholeUnits);
        }
    }

    private static void DrawPolygons(Geometry units, TileGeometry geometry)
    {
        for (var i = 0; i < units.NumGeometries; i++)
        {
            // The overlay may leave lines and points where ground only touches the edge.
            if (units.GetGeometryN(i) is not Polygon polygon || polygon.IsEmpty || !DrawRing(polygon.Shell, isShell: true, geometry))
                continue;
            foreach (var hole in polygon.Holes)
                DrawRing(hole, isShell: false, geometry);
        }
    }

    private static bool DrawRing(LinearRing ring, bool isShell, TileGeometry geometry)
    {
        var coordinates = ring.Coordinates;
        var points = Array.ConvertAll(coordinates[..^1], place => new TilePoint((int)place.X, (int)place.Y));
        return geometry.Ring(points, isShell);
    }

    private sealed class TileProjection(TileFrame frame) : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence, int index)
        {
            sequence.SetX(index, frame.X(sequence.GetX(index)));
            sequence.SetY(index, frame.Y(sequence.GetY(index)));
        }
    }
}
