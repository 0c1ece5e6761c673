using System.Globalization;
using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>The one coordinate reference of the registry's free geometry: WGS 84 in degrees, longitude first.</summary>
public static class Wgs84
{
    /// <summary>The identifier of WGS 84 in the EPSG register.</summary>
    public const int Srid = 4326;

    /// <summary>Makes geometries in double precision with <see cref="Srid"/>. Immutable; shared by all threads.</summary>
    public static GeometryFactory Factory { get; } = new(new PrecisionModel(), Srid);

    /// <summary>What is wrong with a number of a position; null when nothing is.</summary>
    /// <param name="ordinate">0 for longitude, 1 for latitude, 2 for altitude, which may be any number.</param>
    /// <param name="number">The number, in degrees or metres.</param>
    internal static string? FaultOf(int ordinate, double number)
    {
        if (!double.IsFinite(number))
            return "The number is not finite in double precision.";
        if (ordinate == 0 && Math.Abs(number) > 180)
            return string.Create(CultureInfo.InvariantCulture, $"Longitude {number} is outside -180 to 180; ground over the antimeridian is not accepted in one piece.");
        return ordinate == 1 && Math.Abs(number) > 90
            ? string.Create(CultureInfo.InvariantCulture, $"Latitude {number} is outside -90 to 90; longitude comes first.")
            : null;
    }
}
