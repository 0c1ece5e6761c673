using NetTopologySuite.Geometries;

namespace Registry.Formats.DepositTables;

/// <summary>Distances that only have to tell near from far.</summary>
internal static class GreatCircle
{
    // The mean radius of WGS 84. On the sphere a distance is off by 0.6 % at most.
    private const double RadiusKm = 6371.0088;

    /// <summary>The distance between two points in degrees, in kilometres, by the haversine formula.</summary>
    public static double DistanceKm(Point from, Point to)
    {
        var northwards = Math.Sin(double.DegreesToRadians(to.Y - from.Y) / 2);
        var eastwards = Math.Sin(double.DegreesToRadians(to.X - from.X) / 2);
        var shrink = Math.Cos(double.DegreesToRadians(from.Y)) * Math.Cos(double.DegreesToRadians(to.Y));
        var haversine = (northwards * northwards) + (shrink * eastwards * eastwards);
        return 2 * RadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }
}
