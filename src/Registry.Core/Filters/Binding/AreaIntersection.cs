using NetTopologySuite.Algorithm;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using Registry.Core.Ground;

namespace Registry.Core.Filters.Binding;

/// <summary>
/// Whether geometries share a point with an area of few edges. Most of what the area does not cut is decided by its rectangle alone:
/// where no edge of the area meets the rectangle, all of it lies on one side, and one corner says on which. Ground that consists of
/// rectangles is decided by these in the same way.
/// </summary>
internal sealed class AreaIntersection
{
    private const int MostEdges = 256;

    private readonly Envelope _extent;
    private readonly Coordinate[][] _rings;
    private readonly IndexedPointInAreaLocator _locator;
    private readonly IPreparedGeometry _prepared;

    private AreaIntersection(Geometry area, Coordinate[][] rings, IPreparedGeometry prepared)
    {
        _extent = area.EnvelopeInternal;
        _rings = rings;
        _locator = new IndexedPointInAreaLocator(area);
        _prepared = prepared;
    }

    /// <summary>The test for an area; null where it has too many edges for this, or is none.</summary>
    /// <param name="area">The area, valid.</param>
    /// <param name="prepared">The same, for what its edges cut.</param>
    public static AreaIntersection? Of(Geometry area, IPreparedGeometry prepared) =>
        area is IPolygonal && !area.IsEmpty && area.NumPoints <= MostEdges
            ? new AreaIntersection(area, [.. RingsOf(area).Select(ring => ring.Coordinates)], prepared)
            : null;

    /// <summary>Whether a geometry shares a point with the area.</summary>
    public bool Intersects(Geometry geometry)
    {
        var box = geometry.EnvelopeInternal;
        if (box.IsNull || !_extent.Intersects(box))
            return false;
        if (!IsCut(box))
            return HasCorner(box);
        return CellRectangles.Of(geometry) is { } ground ? Meets(ground.Each) : _prepared.Intersects(geometry);
    }

    private bool Meets(ReadOnlySpan<Envelope> rectangles)
    {
        foreach (var rectangle in rectangles)
        {
            if (_extent.Intersects(rectangle) && (IsCut(rectangle) || HasCorner(rectangle)))
                return true;
        }

        return false;
    }

    private bool HasCorner(Envelope box) => _locator.Locate(new Coordinate(box.MinX, box.MinY)) != Location.Exterior;

    private bool IsCut(Envelope box)
    {
        RectangleLineIntersector? exact = null;
        foreach (var ring in _rings)
        {
            for (var i = 1; i < ring.Length; i++)
            {
                var (from, to) = (ring[i - 1], ring[i]);
                if (Math.Max(from.X, to.X) < box.MinX || Math.Min(from.X, to.X) > box.MaxX
                    || Math.Max(from.Y, to.Y) < box.MinY || Math.Min(from.Y, to.Y) > box.MaxY)
                {
                    continue;
                }

                if ((exact ??= new RectangleLineIntersector(box)).Intersects(from, to))
                    return true;
            }
        }

        return false;
    }

    private static IEnumerable<LineString> RingsOf(Geometry area) => Enumerable.Range(0, area.NumGeometries)
        .Select(area.GetGeometryN).Cast<Polygon>()
        .SelectMany(polygon => polygon.InteriorRings.Prepend(polygon.ExteriorRing));
}
