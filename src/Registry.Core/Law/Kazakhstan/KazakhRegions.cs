namespace Registry.Core.Law.Kazakhstan;

/// <summary>The 17 oblasts and three cities of republican rank, by their English names.</summary>
internal static class KazakhRegions
{
    /// <summary>Reads the regions.</summary>
    /// <exception cref="InvalidOperationException">The embedded file is not there or holds no such geometries: a fault of the build.</exception>
    public static RegionMap Read() =>
        new(KazakhData.Areas("oblasts.geojson").Select(region => (region.Properties.GetProperty("ADM1_EN").GetString()!, region.Outline)));
}
