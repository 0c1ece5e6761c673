using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;

namespace Registry.Core.Law.Kazakhstan;

/// <summary>The country's outline from <c>Data/outline_10m.geojson</c>.</summary>
internal static class KazakhOutline
{
    /// <summary>Reads the outline: a valid MultiPolygon in degrees. It has a hole, the Baikonur cosmodrome, which is leased to Russia.</summary>
    /// <exception cref="InvalidOperationException">The embedded file is not there or holds no such geometry: a fault of the build.</exception>
    public static Geometry Read()
    {
        var outline = KazakhData.Areas("outline_10m.geojson")[0].Outline;
        return Wgs84.Factory.CreateMultiPolygon([.. Enumerable.Range(0, outline.NumGeometries).Select(part => Repaired((Polygon)outline.GetGeometryN(part)))]);
    }

    private static Polygon Repaired(Polygon polygon) =>
        Wgs84.Factory.CreatePolygon(WithoutSpikes(polygon.Shell), [.. polygon.Holes.Select(WithoutSpikes)]);

    /// <summary>
    /// A ring without the vertices at which it goes back the way it came. The published ring of the mainland has one, in the delta of
    /// the Volga, and is no valid ring with it. Nothing is lost: a spike has no area.
    /// </summary>
    private static LinearRing WithoutSpikes(LinearRing ring)
    {
        var kept = new List<Coordinate>(ring.NumPoints);
        foreach (var next in ring.Coordinates)
        {
            while (kept.Count >= 2 && TurnsBack(kept[^2], kept[^1], next))
                kept.RemoveAt(kept.Count - 1);
            kept.Add(next);
        }

        return Wgs84.Factory.CreateLinearRing([.. kept]);
    }

    private static bool TurnsBack(Coordinate from, Coordinate at, Coordinate to)
    {
        var (inX, inY, outX, outY) = (at.X - from.X, at.Y - from.Y, to.X - at.X, to.Y - at.Y);
        return (inX * outY) - (inY * outX) == 0 && (inX * outX) + (inY * outY) < 0;
    }
}
