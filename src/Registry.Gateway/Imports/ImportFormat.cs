using System.Text;
using Registry.Formats.Csv;
using Registry.Formats.Features;
using Registry.Formats.FlatGeobuf;
using Registry.Formats.GeoJson;
using Registry.Formats.GeoPackage;
using Registry.Formats.Kml;
using Registry.Formats.Shapefile;
using Registry.Gateway.Writing;

namespace Registry.Gateway.Imports;

/// <summary>A format of file that is imported.</summary>
/// <param name="Name">What it is called, for a person.</param>
/// <param name="MediaTypes">Its media types; the first is the one to use.</param>
/// <param name="Source">Reads it, in an encoding that is named, or null.</param>
/// <param name="IsTable">Whether a field holds one text at most, so that an empty one is none.</param>
/// <param name="HasEncodings">Whether its texts can be in several encodings.</param>
internal sealed record ImportFormat(string Name, IReadOnlyList<string> MediaTypes, Func<Encoding?, IFeatureSource> Source, bool IsTable, bool HasEncodings)
{
    /// <summary>Every format.</summary>
    public static IReadOnlyList<ImportFormat> All { get; } =
    [
        new("GeoJSON", [JsonAnswer.GeoJson, JsonAnswer.Json], _ => new GeoJsonSource(), IsTable: false, HasEncodings: false),
        new("GeoJSON text sequence", ["application/geo+json-seq"], _ => new GeoJsonSequenceSource(), IsTable: false, HasEncodings: false),
        new("CSV", ["text/csv"], encoding => new CsvSource(encoding), IsTable: true, HasEncodings: true),
        new("KML", ["application/vnd.google-earth.kml+xml"], encoding => new KmlSource(encoding), IsTable: true, HasEncodings: true),
        new("KMZ", ["application/vnd.google-earth.kmz"], encoding => new KmzSource(encoding), IsTable: true, HasEncodings: true),
        new("FlatGeobuf", ["application/vnd.flatgeobuf", "application/flatgeobuf"], _ => new FlatGeobufSource(), IsTable: true, HasEncodings: false),
        new("GeoPackage", ["application/geopackage+sqlite3"], _ => new GeoPackageSource(), IsTable: true, HasEncodings: false),
        new("zipped shapefile", ["application/zip"], encoding => new ShapefileSource(encoding), IsTable: true, HasEncodings: true),
    ];

    /// <summary>The format of a media type; null when it is none of these.</summary>
    public static ImportFormat? Find(string? contentType) =>
        All.FirstOrDefault(format => format.MediaTypes.Any(type => Writing.MediaTypes.Is(contentType, type)));
}
