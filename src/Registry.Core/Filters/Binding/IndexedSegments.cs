using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Index.Strtree;

namespace Registry.Core.Filters.Binding;

/// <summary>The segments of a large line or of the edge of an area, to be found by place. Not safe for concurrent use.</summary>
internal sealed class IndexedSegments
{
    private readonly STRtree<LineString> _tree = new();

    /// <param name="geometry">Lines, or areas.</param>
    public IndexedSegments(Geometry geometry)
    {
        foreach (var segment in SegmentsOf(geometry))
            _tree.Insert(segment.EnvelopeInternal, segment);
        _tree.Build();
    }

    /// <summary>The segments that share a point with a rectangle, each whole: what they are not cut at cannot be rounded.</summary>
    public LineString[] In(Envelope window)
    {
        var exact = new RectangleLineIntersector(window);
        return [.. _tree.Query(window).Where(segment => exact.Intersects(segment.GetCoordinateN(0), segment.GetCoordinateN(1)))];
    }

    /// <summary>Whether a segment of a geometry crosses one of these, at a point within both.</summary>
    public bool CrossProperly(Geometry geometry)
    {
        var intersector = new RobustLineIntersector();
        foreach (var segment in SegmentsOf(geometry))
        {
            foreach (var near in _tree.Query(segment.EnvelopeInternal))
            {
                intersector.ComputeIntersection(
                    segment.GetCoordinateN(0), segment.GetCoordinateN(1), near.GetCoordinateN(0), near.GetCoordinateN(1));
                if (intersector.IsProper)
                    return true;
            }
        }

        return false;
    }

    private static IEnumerable<LineString> SegmentsOf(Geometry geometry) =>
        from line in LinearComponentExtracter.GetLines(geometry).Cast<LineString>()
        from i in Enumerable.Range(1, line.NumPoints - 1)
        select geometry.Factory.CreateLineString([line.GetCoordinateN(i - 1), line.GetCoordinateN(i)]);
}
