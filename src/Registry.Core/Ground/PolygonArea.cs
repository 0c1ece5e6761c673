using NetTopologySuite.Geometries;

namespace Registry.Core.Ground;

/// <summary>The area of a polygon in degrees, on the WGS 84 ellipsoid.</summary>
/// <remarks>
/// The polygon is taken to the cylindrical equal-area projection (Snyder, Map Projections: A Working Manual, USGS 1987, equations
/// 3-12 and 10-15), where its planar area is its area on the ellipsoid. Edges are straight lines of the projection; for an edge of
/// a degree that moves the area by less than one part in ten thousand.
/// </remarks>
public static class PolygonArea
{
    private const double SemiMajorAxisKm = 6378.137;
    private const double Flattening = 1 / 298.257223563;
    private const double EccentricitySquared = Flattening * (2 - Flattening);

    private static readonly double Eccentricity = Math.Sqrt(EccentricitySquared);

    /// <summary>The area in square kilometres; 0 for what is no polygon.</summary>
    public static double Km2(Geometry geometry) => geometry switch
    {
        Polygon polygon => RingKm2(polygon.Shell) - polygon.Holes.Sum(RingKm2),
        GeometryCollection parts => parts.Geometries.Sum(Km2),
        _ => 0,
    };

    private static double RingKm2(LinearRing ring)
    {
        var sum = 0.0;
        var coordinates = ring.Coordinates;
        for (var i = 1; i < coordinates.Length; i++)
        {
            var (from, to) = (coordinates[i - 1], coordinates[i]);
            sum += (to.X - from.X) * (Authalic(from.Y) + Authalic(to.Y)) / 2;
        }

        return Math.Abs(sum) * Math.PI / 180 * SemiMajorAxisKm * SemiMajorAxisKm / 2;
    }

    // Snyder's q, equation 3-12.
    private static double Authalic(double latitude)
    {
        var sine = Math.Sin(latitude * Math.PI / 180);
        return (1 - EccentricitySquared) * ((sine / (1 - (EccentricitySquared * sine * sine)))
            - (Math.Log((1 - (Eccentricity * sine)) / (1 + (Eccentricity * sine))) / (2 * Eccentricity)));
    }
}
