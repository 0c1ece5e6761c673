using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;

namespace Registry.Core.GeoJson;

/// <summary>
/// Whether the rings of a Polygon or MultiPolygon bound an area: NetTopologySuite's check against the OGC rules for polygons, and
/// where in the sender's text the place of the fault is.
/// </summary>
internal static class AreaCheck
{
    /// <summary>Adds the first fault that is found, if any.</summary>
    /// <returns>The area, its parts united where that is asked and they touch.</returns>
    /// <param name="geometry">The area.</param>
    /// <param name="positions">The positions it was built of.</param>
    /// <param name="touching">What is made of parts that are sound by themselves and touch.</param>
    /// <param name="faults">Where the fault goes.</param>
    public static Geometry Check(Geometry geometry, PositionList positions, TouchingParts touching, FaultList faults)
    {
        var error = new IsValidOp(geometry).ValidationError;
        if (error is null)
            return geometry;
        if (touching != TouchingParts.Refused && geometry is MultiPolygon parts && parts.All(part => part.IsValid))
            return touching == TouchingParts.United ? OverlayNGRobust.Union(geometry) : geometry;
        var place = error.Coordinate;
        var edges = EdgesAt(positions, place);
        var rings = edges.Select(edge => edge.Ring).Distinct().ToArray();
        var at = JsonTokens.Place(place.X, place.Y);
        var (ring, detail) = error.ErrorType switch
        {
            TopologyValidationErrors.SelfIntersection => (rings[^1], CrossingCheck.Sentence(rings[0], rings[^1], at)),
            TopologyValidationErrors.RingSelfIntersection => (rings[0], $"The ring touches itself at {at}."),
            TopologyValidationErrors.HoleOutsideShell => (rings[^1], $"The hole lies outside its outer ring at {at}."),
            TopologyValidationErrors.NestedHoles => (rings[^1], $"A hole lies in another hole at {at}."),
            TopologyValidationErrors.NestedShells => (rings[^1], $"Parts overlap: one lies in another at {at}."),
            TopologyValidationErrors.DisconnectedInteriors => (rings[^1], $"The rings cut the area in two at {at}."),
            _ => (rings[0], $"The rings bound no area at {at}."),
        };
        faults.Add(positions.PointerTo(ring, edges.First(edge => edge.Ring == ring).Index), detail);
        return geometry;
    }

    /// <summary>The edges that pass through a place, in the sender's order; the nearest one where rounding leaves none.</summary>
    private static List<(PositionList.Line Ring, int Index)> EdgesAt(PositionList positions, Coordinate place)
    {
        var edges = new List<(PositionList.Line Ring, int Index)>();
        var nearest = (Ring: positions.Lines[0], Index: 0);
        var least = double.PositiveInfinity;
        foreach (var ring in positions.Lines)
        {
            for (var i = 0; i < ring.Count - 1; i++)
            {
                var distance = Distance(positions, ring.Start + i, place);
                if (distance <= LineChecks.SamePlace)
                    edges.Add((ring, i));
                if (distance >= least)
                    continue;
                least = distance;
                nearest = (ring, i);
            }
        }

        return edges.Count > 0 ? edges : [nearest];
    }

    private static double Distance(PositionList positions, int start, Coordinate place)
    {
        var x = positions.Longitude(start);
        var y = positions.Latitude(start);
        var dx = positions.Longitude(start + 1) - x;
        var dy = positions.Latitude(start + 1) - y;
        var squared = (dx * dx) + (dy * dy);
        var along = squared == 0 ? 0 : Math.Clamp((((place.X - x) * dx) + ((place.Y - y) * dy)) / squared, 0, 1);
        var offX = place.X - x - (along * dx);
        var offY = place.Y - y - (along * dy);
        return Math.Sqrt((offX * offX) + (offY * offY));
    }
}
