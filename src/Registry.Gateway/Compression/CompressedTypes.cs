using Registry.Gateway.Answers;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Compression;

/// <summary>The media types that are worth compressing: texts.</summary>
/// <remarks>
/// Not among them: tiles, which are kept compressed; archives, GeoPackages and pictures, which are; and server-sent events, each of which
/// has to go out at once.
/// </remarks>
internal static class CompressedTypes
{
    /// <summary>All of them, without parameters.</summary>
    public static string[] All { get; } =
    [
        JsonAnswer.Json, JsonAnswer.GeoJson, "application/geo+json-seq", Problem.MediaType, MediaTypes.Schema,
        MediaTypes.OpenApi30.Split(';')[0], "application/atom+xml", "application/vnd.flatgeobuf", "application/vnd.google-earth.kml+xml",
        "application/xml", Accepted.Html, "image/svg+xml", "text/calendar", "text/css", "text/csv", "text/javascript", "text/plain", "text/xml",
    ];
}
