using NetTopologySuite.Geometries;

namespace Registry.Core.Areas;

/// <summary>A plane in metres that touches the ellipsoid of WGS 84 along a parallel.</summary>
/// <param name="MetresPerDegreeEast">A degree of longitude on that parallel.</param>
/// <param name="MetresPerDegreeNorth">A degree of latitude there.</param>
internal readonly record struct MetricPlane(double MetresPerDegreeEast, double MetresPerDegreeNorth)
{
    private const double SemiMajorAxisMetres = 6_378_137;
    private const double Flattening = 1 / 298.257223563;
    private const double EccentricitySquared = Flattening * (2 - Flattening);

    // Below this the plane is torn apart at the pole; no title lies there.
    private const double LeastCosine = 0.01;

    /// <summary>The plane of a latitude.</summary>
    /// <remarks>The radii of curvature of the ellipsoid in the meridian and across it (Snyder, Map Projections, USGS PP 1395, 4-18 to 4-20).</remarks>
    public static MetricPlane At(double latitude)
    {
        var radians = double.DegreesToRadians(latitude);
        var w = 1 - (EccentricitySquared * Math.Pow(Math.Sin(radians), 2));
        var across = SemiMajorAxisMetres / Math.Sqrt(w);
        var along = SemiMajorAxisMetres * (1 - EccentricitySquared) / Math.Pow(w, 1.5);
        return new(double.DegreesToRadians(across * Math.Max(Math.Cos(radians), LeastCosine)), double.DegreesToRadians(along));
    }

    /// <summary>Metres north of the equator.</summary>
    public double Y(double latitude) => latitude * MetresPerDegreeNorth;

    /// <summary>The latitude of so many metres north of the equator.</summary>
    public double Latitude(double y) => y / MetresPerDegreeNorth;

    /// <summary>The longitude of so many metres east of Greenwich.</summary>
    public double Longitude(double x) => x / MetresPerDegreeEast;

    /// <summary>An edge of an area, or a point of it.</summary>
    public Reach Edge(Coordinate from, Coordinate to, bool isOfRing) =>
        new(from.X * MetresPerDegreeEast, Y(from.Y), to.X * MetresPerDegreeEast, Y(to.Y), isOfRing);
}
