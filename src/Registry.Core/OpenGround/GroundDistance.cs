using NetTopologySuite.Geometries;
using Registry.Core.Ground;

namespace Registry.Core.OpenGround;

/// <summary>Distances between points and cells, on the sphere of the mean radius of WGS 84: off by 0.6 % at most from the ellipsoid.</summary>
public static class GroundDistance
{
    private const double RadiusKm = 6371.0088;

    /// <summary>Which cells of a row some part of which lies within a distance of a point.</summary>
    /// <param name="graticule">Says where cells are.</param>
    /// <param name="point">The point, in degrees.</param>
    /// <param name="km">The distance: less than a quarter of the Earth's circumference.</param>
    /// <param name="row">The row, counted north from the south pole.</param>
    /// <param name="first">The westernmost such column. Below 0 where the reach crosses the antimeridian, on which the caller stops.</param>
    /// <param name="last">The easternmost such column.</param>
    /// <returns>False when there is none.</returns>
    /// <remarks>
    /// The circle around the point is widest in longitude at the latitude whose sine is sin(latitude) / cos(distance); of the row's
    /// latitudes, the nearest to that one decides. The width there follows from the spherical law of cosines.
    /// </remarks>
    public static bool TryReach(Graticule graticule, Point point, double km, int row, out int first, out int last)
    {
        (first, last) = (0, -1);
        var (south, north) = (Radians(graticule.Latitude(row)), Radians(graticule.Latitude(row + 1)));
        var (latitude, reach) = (Radians(point.Y), km / RadiusKm);
        if (south > latitude + reach || north < latitude - reach)
            return false;
        var widest = Math.Asin(Math.Clamp(Math.Sin(latitude) / Math.Cos(reach), -1, 1));
        var at = Math.Clamp(widest, south, north);
        var cosine = (Math.Cos(reach) - (Math.Sin(latitude) * Math.Sin(at))) / (Math.Cos(latitude) * Math.Cos(at));
        if (cosine > 1)
            return false;
        var width = double.RadiansToDegrees(Math.Acos(Math.Max(cosine, -1)));
        first = (int)Math.Floor(graticule.ColumnsFromAntimeridian(point.X - width));
        last = (int)Math.Floor(graticule.ColumnsFromAntimeridian(point.X + width));
        return true;
    }

    /// <summary>The distance from a point to the nearest point of a set of cells, in kilometres; 0 within it.</summary>
    /// <exception cref="ArgumentException">There are no cells.</exception>
    public static double Km(Graticule graticule, Point point, CellSet cells)
    {
        if (cells.Count == 0)
            throw new ArgumentException("No cells, no distance.", nameof(cells));
        var runs = new CellRun[CellRun.Count(graticule, cells)];
        CellRun.Find(graticule, cells, runs);
        return Km(graticule, point, runs);
    }

    /// <summary>The same of cells whose runs are known.</summary>
    internal static double Km(Graticule graticule, Point point, ReadOnlySpan<CellRun> runs)
    {
        var nearest = double.MaxValue;
        foreach (var run in runs)
        {
            var (south, north) = (graticule.Latitude(run.Row), graticule.Latitude(run.Row + 1));
            // No point of the row is nearer than its parallels are.
            if (Math.Max(south - point.Y, point.Y - north) > double.RadiansToDegrees(nearest / RadiusKm))
                continue;
            var longitude = Math.Clamp(point.X, graticule.Longitude(run.First), graticule.Longitude(run.Last + 1));
            var eastwards = Radians(longitude - point.X);
            // Of a meridian, the point nearest to another point lies where a great circle meets it at a right angle.
            var latitude = Math.Atan2(Math.Sin(Radians(point.Y)), Math.Cos(Radians(point.Y)) * Math.Cos(eastwards));
            nearest = Math.Min(nearest, Km(Radians(point.Y), Math.Clamp(latitude, Radians(south), Radians(north)), eastwards));
        }

        return nearest;
    }

    private static double Km(double from, double to, double eastwards)
    {
        var (north, east) = (Math.Sin((to - from) / 2), Math.Sin(eastwards / 2));
        return 2 * RadiusKm * Math.Asin(Math.Min(1, Math.Sqrt((north * north) + (Math.Cos(from) * Math.Cos(to) * east * east))));
    }

    private static double Radians(double degrees) => double.DegreesToRadians(degrees);
}
