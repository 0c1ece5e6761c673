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
/// <param name="Source">Reads it.</param>
/// <param name="IsTable">Whether a field holds one text at most, so that a list is one text, see <see cref="ListText"/>.</param>
internal sealed record ImportFormat(string Name, IReadOnlyList<string> MediaTypes, IFeatureSource Source, bool IsTable)
{
    /// <summary>Every format.</summary>
    public static IReadOnlyList<ImportFormat> All { get; } =
    [
        new("GeoJSON", [JsonAnswer.GeoJson, JsonAnswer.Json], new GeoJsonSource(), IsTable: false),
        new("GeoJSON text sequence", ["application/geo+json-seq"], new GeoJsonSequenceSource(), IsTable: false),
        new("CSV", ["text/csv"], new CsvSource(), IsTable: true),
        new("KML", ["application/vnd.google-earth.kml+xml"], new KmlSource(), IsTable: true),
        new("FlatGeobuf", ["application/vnd.flatgeobuf", "application/flatgeobuf"], new FlatGeobufSource(), IsTable: true),
        new("GeoPackage", ["application/geopackage+sqlite3"], new GeoPackageSource(), IsTable: true),
        new("zipped shapefile", ["application/zip"], new ShapefileSource(), IsTable: true),
    ];

    /// <summary>The format of a media type; null when it is none of these.</summary>
    public static ImportFormat? Find(string? contentType) =>
        All.FirstOrDefault(format => format.MediaTypes.Any(type => Writing.MediaTypes.Is(contentType, type)));
}
