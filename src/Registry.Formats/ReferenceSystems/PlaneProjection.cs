using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace Registry.Formats.ReferenceSystems;

/// <summary>A map projection as ProjNET computes it: degrees to metres on a plane, and back to the same degrees.</summary>
/// <remarks>
/// ProjNET's transverse Mercator is a series about the meridian of the zone: against PROJ it is right to 1 mm up to 500 km from that
/// meridian, and off by 0.1 m at 25 degrees and 50 m at 36 where Kazakhstan is.
/// </remarks>
internal sealed class PlaneProjection
{
    private const double EnoughMetres = 1e-5;

    private readonly MathTransform _forward;
    private readonly MathTransform _inverse;

    /// <summary>The projection of a system from its own degrees, without a shift of datum.</summary>
    public PlaneProjection(ProjectedCoordinateSystem system)
    {
        _forward = new CoordinateTransformationFactory().CreateFromCoordinateSystems(system.GeographicCoordinateSystem, system).MathTransform;
        _inverse = _forward.Inverse();
    }

    /// <summary>Degrees to metres.</summary>
    /// <returns>Numbers that are not finite where the projection does not reach.</returns>
    public (double X, double Y) Project(double longitude, double latitude) => _forward.Transform(longitude, latitude);

    /// <summary>The degrees of a position that <see cref="Project"/> gives.</summary>
    /// <remarks>
    /// ProjNET's inverse is a series of its own, which far from the meridian leads elsewhere than its projection came from. So it is but
    /// the first guess, which Newton's method makes good.
    /// </remarks>
    public (double Longitude, double Latitude) Unproject(double x, double y)
    {
        const double step = 1e-5;
        var (longitude, latitude) = _inverse.Transform(x, y);
        for (var round = 0; round < 6; round++)
        {
            var (atX, atY) = Project(longitude, latitude);
            if (Math.Abs(x - atX) < EnoughMetres && Math.Abs(y - atY) < EnoughMetres)
                break;
            var (eastX, eastY) = Project(longitude + step, latitude);
            var (northX, northY) = Project(longitude, latitude + step);
            var (a, b, c, d) = ((eastX - atX) / step, (northX - atX) / step, (eastY - atY) / step, (northY - atY) / step);
            var determinant = (a * d) - (b * c);
            longitude += ((d * (x - atX)) - (b * (y - atY))) / determinant;
            latitude += ((a * (y - atY)) - (c * (x - atX))) / determinant;
        }

        return (longitude, latitude);
    }
}
