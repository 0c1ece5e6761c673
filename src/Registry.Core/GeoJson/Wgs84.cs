using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>The one coordinate reference of the registry's free geometry: WGS 84 in degrees, longitude first.</summary>
public static class Wgs84
{
    /// <summary>The identifier of WGS 84 in the EPSG register.</summary>
    public const int Srid = 4326;

    /// <summary>Makes geometries in double precision with <see cref="Srid"/>. Immutable; shared by all threads.</summary>
    public static GeometryFactory Factory { get; } = new(new PrecisionModel(), Srid);
}
