using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Registry.Core.GeoJson;

namespace Registry.Core.Areas;

/// <summary>An area widened by a distance on the ground.</summary>
/// <remarks>
/// The geometry is drawn in metres on a plane that touches the ellipsoid of WGS 84 at the middle latitude of its rectangle, widened there,
/// and drawn back. Distances north and south are right to 0.2 % for areas up to 8 degrees tall. Distances east and west are right at the
/// middle latitude and off by tan(latitude) * (degrees from the middle) * pi / 180 away from it: at 50 N, 0.2 % at 10 km, 2 % at 100 km.
/// Round corners are drawn as eight chords a quarter, which fall at most 0.5 % short.
/// </remarks>
public static class AreaBuffer
{
    private const double SemiMajorAxisMetres = 6_378_137;
    private const double Flattening = 1 / 298.257223563;
    private const double EccentricitySquared = Flattening * (2 - Flattening);

    // Below this the plane is torn apart at the pole; no title lies there.
    private const double LeastCosine = 0.01;

    /// <summary>The widened area, cut to the range of longitudes and latitudes.</summary>
    /// <param name="geometry">The area: valid, in degrees, longitude first.</param>
    /// <param name="metres">How far to widen it; not negative.</param>
    /// <returns>A polygon or several; empty when a geometry without area is not widened at all.</returns>
    public static Geometry Of(Geometry geometry, double metres)
    {
        if (metres <= 0)
            return geometry is IPolygonal ? geometry : Wgs84.Factory.CreatePolygon();
        var (perDegreeEast, perDegreeNorth) = MetresPerDegree(geometry.EnvelopeInternal.Centre.Y);
        var inMetres = AffineTransformation.ScaleInstance(perDegreeEast, perDegreeNorth).Transform(geometry);
        var widened = AffineTransformation.ScaleInstance(1 / perDegreeEast, 1 / perDegreeNorth).Transform(inMetres.Buffer(metres));
        var world = new Envelope(-180, 180, -90, 90);
        return world.Contains(widened.EnvelopeInternal) ? widened : widened.Intersection(Wgs84.Factory.ToGeometry(world));
    }

    // The radii of curvature of the ellipsoid in the meridian and across it (Snyder, Map Projections, USGS PP 1395, 4-18 to 4-20).
    private static (double East, double North) MetresPerDegree(double latitude)
    {
        var radians = latitude * Math.PI / 180;
        var w = 1 - (EccentricitySquared * Math.Pow(Math.Sin(radians), 2));
        var across = SemiMajorAxisMetres / Math.Sqrt(w);
        var along = SemiMajorAxisMetres * (1 - EccentricitySquared) / Math.Pow(w, 1.5);
        return (across * Math.Max(Math.Cos(radians), LeastCosine) * Math.PI / 180, along * Math.PI / 180);
    }
}
