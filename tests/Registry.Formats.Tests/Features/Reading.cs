using System.Text;
using Registry.Formats.Csv;
using Registry.Formats.Features;
using Registry.Formats.FlatGeobuf;
using Registry.Formats.GeoJson;
using Registry.Formats.GeoPackage;
using Registry.Formats.Kml;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.Shapefile;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Formats.Tests.Features;

/// <summary>What came of reading a file: its features, sound or refused, and why reading ended before the file's end, if it did.</summary>
internal sealed record Reading(IReadOnlyList<SourceFeature> Features, string? End)
{
    /// <summary>The names of the features that are sound.</summary>
    public IEnumerable<string?> Names => Features.Where(feature => feature.Faults.Count == 0)
        .Select(feature => feature.Properties.EnumerateObject().FirstOrDefault(property => property.Name.Equals("name", StringComparison.OrdinalIgnoreCase)).Value.GetString());

    /// <summary>What is said of the features that are not.</summary>
    public IEnumerable<string> Refusals => Features.SelectMany(feature => feature.Faults).Select(fault => fault.Detail);

    /// <summary>Reads a file as the one of its extension.</summary>
    public static async Task<Reading> Of(byte[] file, string extension, Encoding? encoding = null, SourceLimits? limits = null, SourceSystem? system = null)
    {
        IFeatureSource source = extension switch
        {
            "csv" => new CsvSource(encoding, system),
            "kml" => new KmlSource(encoding),
            "kmz" => new KmzSource(encoding),
            "zip" => new ShapefileSource(encoding, system),
            "fgb" => new FlatGeobufSource(system),
            "gpkg" => new GeoPackageSource(system),
            "geojson" => new GeoJsonSource(system),
            _ => new GeoJsonSequenceSource(system),
        };
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "file");
        await File.WriteAllBytesAsync(path, file);
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var features = new List<SourceFeature>();
        await foreach (var feature in source.Read(stream, limits ?? SourceLimits.Default, CancellationToken.None))
        {
            if (feature.IsEndOfReading)
                return new(features, feature.Faults[0].Detail);
            features.Add(feature);
        }

        return new(features, null);
    }
}
