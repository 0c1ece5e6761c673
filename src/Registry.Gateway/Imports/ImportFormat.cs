using System.Text;
using Registry.Formats.Csv;
using Registry.Formats.Features;
using Registry.Formats.FlatGeobuf;
using Registry.Formats.GeoJson;
using Registry.Formats.GeoPackage;
using Registry.Formats.Kml;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.Shapefile;
using Registry.Gateway.Answers;

namespace Registry.Gateway.Imports;

/// <summary>A format of file that is imported.</summary>
/// <param name="Name">What it is called, for a person.</param>
/// <param name="MediaTypes">Its media types; the first is the one to use.</param>
/// <param name="Source">Reads it, in an encoding and a reference system that are named, or null.</param>
/// <param name="IsTable">Whether a field holds one text at most, so that an empty one is none.</param>
/// <param name="HasEncodings">Whether its texts can be in several encodings.</param>
/// <param name="HasSystems">Whether its positions can be in several reference systems.</param>
internal sealed record ImportFormat(
    string Name, IReadOnlyList<string> MediaTypes, Func<Encoding?, SourceSystem?, IFeatureSource> Source, bool IsTable, bool HasEncodings, bool HasSystems)
{
    /// <summary>Every format.</summary>
    public static IReadOnlyList<ImportFormat> All { get; } =
    [
        new("GeoJSON", [JsonAnswer.GeoJson, JsonAnswer.Json], (_, system) => new GeoJsonSource(system), IsTable: false, HasEncodings: false, HasSystems: true),
        new("GeoJSON text sequence", ["application/geo+json-seq"], (_, system) => new GeoJsonSequenceSource(system), IsTable: false, HasEncodings: false, HasSystems: true),
        new("CSV", ["text/csv"], (encoding, system) => new CsvSource(encoding, system), IsTable: true, HasEncodings: true, HasSystems: true),
        new("KML", ["application/vnd.google-earth.kml+xml"], (encoding, _) => new KmlSource(encoding), IsTable: true, HasEncodings: true, HasSystems: false),
        new("KMZ", ["application/vnd.google-earth.kmz"], (encoding, _) => new KmzSource(encoding), IsTable: true, HasEncodings: true, HasSystems: false),
        new("FlatGeobuf", ["application/vnd.flatgeobuf", "application/flatgeobuf"], (_, system) => new FlatGeobufSource(system), IsTable: true, HasEncodings: false, HasSystems: true),
        new("GeoPackage", ["application/geopackage+sqlite3"], (_, system) => new GeoPackageSource(system), IsTable: true, HasEncodings: false, HasSystems: true),
        new("zipped shapefile", ["application/zip"], (encoding, system) => new ShapefileSource(encoding, system), IsTable: true, HasEncodings: true, HasSystems: true),
    ];

    /// <summary>The format of a media type; null when it is none of these.</summary>
    public static ImportFormat? Find(string? contentType) =>
        All.FirstOrDefault(format => format.MediaTypes.Any(type => Answers.MediaTypes.Is(contentType, type)));
}
