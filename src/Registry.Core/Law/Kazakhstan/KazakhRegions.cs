using System.Runtime.InteropServices;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;

namespace Registry.Core.Law.Kazakhstan;

/// <summary>The 17 oblasts and three cities of republican rank, from <c>Data/oblasts.geojson</c>, by their English names.</summary>
internal static class KazakhRegions
{
    private const string Resource = "Registry.Core.Law.Kazakhstan.Data.oblasts.geojson";

    /// <summary>Reads the regions.</summary>
    /// <exception cref="InvalidOperationException">The embedded file is not there or holds no such geometries: a fault of the build.</exception>
    public static RegionMap Read()
    {
        using var stream = typeof(KazakhRegions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        using var document = JsonDocument.Parse(stream);
        return new RegionMap([.. document.RootElement.GetProperty("features").EnumerateArray().Select(feature =>
            (feature.GetProperty("properties").GetProperty("ADM1_EN").GetString()!, Outline(feature.GetProperty("geometry"))))]);
    }

    private static Geometry Outline(JsonElement geometry)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(geometry));
        var reading = GeometryReader.Read(ref reader, GeoJsonLimits.None, GeometryTypes.Areas, trusted: true);
        return reading.Geometry ?? throw new InvalidOperationException($"{Resource}: {reading.Faults[0].Detail}");
    }
}
