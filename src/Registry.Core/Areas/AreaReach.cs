using NetTopologySuite.Geometries;
using Registry.Core.Ground;

namespace Registry.Core.Areas;

/// <summary>The cells within a distance of an area: those of the area and its buffer.</summary>
public static class AreaReach
{
    /// <summary>Finds the cells within a distance of an area.</summary>
    /// <param name="graticule">Says where cells are.</param>
    /// <param name="area">Points, lines or polygons: valid, in degrees, longitude first.</param>
    /// <param name="metres">The distance; not negative. At 0, points and lines reach no cell.</param>
    /// <param name="rule"><see cref="SnapRule.Covered"/> for the cells that lie within it wholly, or <see cref="SnapRule.Touched"/>.</param>
    /// <param name="limit">The most cells wanted; at one more the search stops.</param>
    /// <param name="budget">Spent by the edges that are near each row.</param>
    public static Snapped Snap(Graticule graticule, Geometry area, double metres, SnapRule rule, int limit, WorkBudget budget) =>
        Snapping.Snap(graticule, Rows(graticule, area, metres, rule, budget), limit);

    /// <summary>The same cells, row by row.</summary>
    internal static IGroundRows Rows(Graticule graticule, Geometry area, double metres, SnapRule rule, WorkBudget budget) => metres > 0
        ? new ReachScan(graticule, area, metres, rule, budget)
        : new RowScan(graticule, area is IPolygonal ? area : area.Factory.CreatePolygon(), rule);
}
