using Microsoft.Net.Http.Headers;
using Registry.Actors.Ground;
using Registry.Core;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Collections.ReferenceSystems;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Collections;

/// <summary>Answers <c>GET /collections/{collection}/export</c>: every feature that matches, in one file, without pages.</summary>
/// <param name="plan">Which sheets a rectangle touches.</param>
/// <param name="walk">Reads the features.</param>
/// <param name="sheets">The sheets as features.</param>
public sealed class CollectionExport(SheetPlan plan, CollectionWalk walk, SheetFeatures sheets)
{
    private static readonly string[] Parameters =
        [FormatParameter.Name, BoundingBoxParameter.Name, ReferenceSystemParameter.Answer, ReferenceSystemParameter.Box];

    /// <summary>Answers the request.</summary>
    public Task Answer(HttpContext context, CollectionDescription collection)
    {
        if (Read(context.Request, out var format, out var box, out var system) is { } fault)
            return fault.ToProblem().ExecuteAsync(context);
        ReferenceSystemParameter.WriteHeader(context.Response, system);
        context.Response.Headers.Vary = HeaderNames.Accept;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{collection.Id}.{ExtensionOf(format)}\"";
        var writer = FeatureFormat.Writer(format, collection.Id, FeatureColumn.Of(collection, withCells: false), system);
        var features = collection.Objects is { } kind
            ? walk.Read(new FeatureSelection(kind, box), context.RequestAborted)
            : AllSheets(box);
        return FeatureStreamAnswer.Write(context, format, writer, features, matched: null, next: null);
    }

    private Refusal? Read(HttpRequest request, out FeatureFormat format, out BoundingBox box, out ReferenceSystem system)
    {
        (format, box, system) = (FeatureFormat.GeoJson, BoundingBox.World, ReferenceSystem.Crs84);
        Span<ReadOnlyMemory<char>?> values = [null, null, null, null];
        return QueryText.Read(request.QueryString, Parameters, values)
            ?? FeatureFormat.Choose(request, values[0], FeatureFormat.OfExport, out format)
            ?? ReferenceSystemParameter.Read(ReferenceSystemParameter.Answer, values[2], out system)
            ?? ReferenceSystemParameter.Read(ReferenceSystemParameter.Box, values[3], out var boxSystem)
            ?? plan.Read(values[1], boxSystem, out box);
    }

    private static string ExtensionOf(FeatureFormat format) =>
        format == FeatureFormat.GeoJson ? "geojson" : format == FeatureFormat.GeoJsonSequence ? "geojsons" : format.Name;

    private async IAsyncEnumerable<IReadOnlyList<byte[]>> AllSheets(BoundingBox box)
    {
        var (features, _, _) = await sheets.Read(box, filter: null, Place.Start, int.MaxValue);
        yield return features;
    }
}
