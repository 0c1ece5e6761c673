using Registry.Core;
using Registry.Formats.Csv;
using Registry.Formats.Features;
using Registry.Formats.FlatGeobuf;
using Registry.Formats.GeoJson;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Answers;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Collections.Formats;

/// <summary>A format in which features are given.</summary>
/// <param name="Name">Its name in the parameter <c>f</c>.</param>
/// <param name="MediaType">Its media type, without parameters.</param>
/// <param name="Title">Its name for people.</param>
public sealed record FeatureFormat(string Name, string MediaType, string Title)
{
    // What the parameter calls GeoJSON beside its own name.
    private const string GeoJsonAlias = "geojson";

    /// <summary>GeoJSON (RFC 7946).</summary>
    public static FeatureFormat GeoJson { get; } = new("json", JsonAnswer.GeoJson, "GeoJSON");

    /// <summary>A page for people.</summary>
    public static FeatureFormat Html { get; } = new("html", Accepted.Html, "HTML");

    /// <summary>Comma-separated values (RFC 4180).</summary>
    public static FeatureFormat Csv { get; } = new("csv", "text/csv", "CSV");

    /// <summary>FlatGeobuf.</summary>
    public static FeatureFormat FlatGeobuf { get; } = new("fgb", "application/vnd.flatgeobuf", "FlatGeobuf");

    /// <summary>GeoJSON text sequences (RFC 8142).</summary>
    public static FeatureFormat GeoJsonSequence { get; } = new("geojsonseq", "application/geo+json-seq", "GeoJSON text sequence");

    /// <summary>The formats of a page of features, the default first.</summary>
    public static IReadOnlyList<FeatureFormat> OfItems { get; } = [GeoJson, Html, Csv, FlatGeobuf, GeoJsonSequence];

    /// <summary>The formats of a single feature, the default first.</summary>
    public static IReadOnlyList<FeatureFormat> OfItem { get; } = [GeoJson, Html];

    /// <summary>The formats of an export, the default first.</summary>
    public static IReadOnlyList<FeatureFormat> OfExport { get; } = [GeoJson, GeoJsonSequence, Csv, FlatGeobuf];

    /// <summary>The format of cells: GeoJSON alone.</summary>
    public static IReadOnlyList<FeatureFormat> OfCells { get; } = [GeoJson];

    /// <summary>The media type as the header of an answer names it.</summary>
    public string ContentType => MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{MediaType}; charset=utf-8" : MediaType;

    /// <summary>Chooses by the parameter <c>f</c>, and where it is absent by the header Accept.</summary>
    /// <param name="request">The request.</param>
    /// <param name="text">The parameter's value; null where it is absent.</param>
    /// <param name="formats">The formats that the address has, GeoJSON first.</param>
    /// <param name="format">The format.</param>
    /// <returns>What is wrong with the parameter; null when nothing is.</returns>
    public static Refusal? Choose(
        HttpRequest request, ReadOnlyMemory<char>? text, IReadOnlyList<FeatureFormat> formats, out FeatureFormat format)
    {
        format = formats[0];
        if (text is not null)
        {
            var fault = FormatParameter.Match(text, [.. formats.Select(known => known.Name), GeoJsonAlias], out var name);
            format = formats.FirstOrDefault(known => known.Name == name, GeoJson);
            return fault;
        }

        if (request.Headers.Accept.Count > 0)
            format = formats[Accepted.Choose(request, [.. formats.Select(known => known.MediaType)])];
        return null;
    }

    /// <summary>The writer of a format, but for HTML, whose pages need more.</summary>
    /// <param name="format">The format.</param>
    /// <param name="name">The name of what is written, for formats that have one.</param>
    /// <param name="columns">The columns, for formats that are tables.</param>
    /// <param name="system">The reference system of the geometry.</param>
    public static IFeatureWriter Writer(FeatureFormat format, string name, IReadOnlyList<FeatureColumn> columns, ReferenceSystem system) =>
        format.Name switch
        {
            "csv" => new CsvWriter(columns, system),
            "fgb" => new FlatGeobufWriter(name, columns, system),
            "geojsonseq" => new GeoJsonSequenceWriter(system),
            "json" => new GeoJsonWriter(system),
            _ => throw new ArgumentException($"{format.Name} is no format of features alone.", nameof(format)),
        };
}
