using System.Runtime.InteropServices;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;

namespace Registry.Core.Law.Kazakhstan;

/// <summary>The embedded files about the country's ground, in <c>Data</c>.</summary>
internal static class KazakhData
{
    /// <summary>The features of a file in their order: their properties, and their areas in degrees as they are published.</summary>
    /// <exception cref="InvalidOperationException">The file is not there or holds other geometries: a fault of the build.</exception>
    public static IReadOnlyList<(JsonElement Properties, Geometry Outline)> Areas(string file)
    {
        using var stream = typeof(KazakhData).Assembly.GetManifestResourceStream($"Registry.Core.Law.Kazakhstan.Data.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(feature =>
            (feature.GetProperty("properties").Clone(), Read(feature.GetProperty("geometry"), file)))];
    }

    private static Geometry Read(JsonElement geometry, string file)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(geometry));
        var reading = GeometryReader.Read(ref reader, GeoJsonLimits.None, GeometryTypes.Areas, trusted: true);
        return reading.Geometry ?? throw new InvalidOperationException($"{file}: {reading.Faults[0].Detail}");
    }
}
