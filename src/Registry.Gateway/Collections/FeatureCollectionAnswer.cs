using System.Buffers;
using System.Text.Json;
using Registry.Formats.GeoJson;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Answers;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Collections;

/// <summary>Answers with a FeatureCollection whose features are bytes ready to send.</summary>
/// <remarks>
/// The features go from the sheets' own bytes into the connection's buffer and are neither read nor copied on the way, but for geometry
/// in another reference system. Unless that is asked, the length is known beforehand, and the answer is not chunked.
/// </remarks>
public static class FeatureCollectionAnswer
{
    private const int FlushedAtOnce = 128 * 1024;

    // The head is encoded and handed to the connection without an await in between.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Answers with features.</summary>
    /// <param name="context">The request.</param>
    /// <param name="features">The features, in groups, as finished JSON in UTF-8.</param>
    /// <param name="now">The instant of the answer.</param>
    /// <param name="matched">How many features match in all; null when that is not counted.</param>
    /// <param name="next">The address of the next page; null when this is the last.</param>
    /// <param name="collection">The address of the collection; null when the features are of none.</param>
    /// <param name="system">The reference system of the geometry; null for CRS84.</param>
    public static Task Write(
        HttpContext context, IReadOnlyList<IReadOnlyList<byte[]>> features, DateTimeOffset now, long? matched, string? next, string? collection,
        ReferenceSystem? system = null)
    {
        var (count, length) = Measure(features);
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(2048);
        var json = _writer ??= new Utf8JsonWriter(buffer, JsonAnswer.Options);
        buffer.ResetWrittenCount();
        json.Reset();
        WriteHead(json, context.Request, count, now, matched, next, collection);
        json.Flush();

        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = JsonAnswer.GeoJson;
        var other = system is null || system == ReferenceSystem.Crs84 ? null : new FeatureText(system);
        if (other is null)
            response.ContentLength = buffer.WrittenCount + length + "]}".Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return Task.CompletedTask;
        response.BodyWriter.Write(buffer.WrittenSpan);
        return WriteFeatures(response, features, other, context.RequestAborted);
    }

    private static (int Count, long Length) Measure(IReadOnlyList<IReadOnlyList<byte[]>> features)
    {
        var count = 0;
        var length = 0L;
        foreach (var group in features)
        {
            count += group.Count;
            for (var i = 0; i < group.Count; i++)
                length += group[i].Length;
        }

        return (count, length + Math.Max(0, count - 1));
    }

    private static void WriteHead(
        Utf8JsonWriter json, HttpRequest request, int count, DateTimeOffset now, long? matched, string? next, string? collection)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "FeatureCollection"u8);
        if (matched is { } all)
            json.WriteNumber("numberMatched"u8, all);
        json.WriteNumber("numberReturned"u8, count);
        json.WriteString("timeStamp"u8, now.UtcDateTime);
        json.WriteStartArray("links"u8);
        Links.Write(json, "self", JsonAnswer.GeoJson, Links.Self(request));
        if (next is not null)
            Links.Write(json, "next", JsonAnswer.GeoJson, next);
        if (collection is not null)
            WriteOthers(json, request, collection);
        json.WriteEndArray();
        // Left open: the features and the two brackets follow as bytes.
        json.WriteStartArray("features"u8);
    }

    private static void WriteOthers(Utf8JsonWriter json, HttpRequest request, string collection)
    {
        foreach (var format in FeatureFormat.OfItems)
        {
            if (format != FeatureFormat.GeoJson)
                Links.Write(json, "alternate", format.MediaType, Links.With(request, FormatParameter.Name, format.Name), format.Title);
        }

        Links.Write(json, "collection", JsonAnswer.Json, collection);
    }

    private static async Task WriteFeatures(
        HttpResponse response, IReadOnlyList<IReadOnlyList<byte[]>> features, FeatureText? other, CancellationToken aborted)
    {
        var body = response.BodyWriter;
        var unflushed = 0;
        var isFirst = true;
        foreach (var group in features)
        {
            for (var i = 0; i < group.Count; i++)
            {
                if (!isFirst)
                    body.Write(","u8);
                isFirst = false;
                if (other is null)
                    body.Write(group[i]);
                else
                    other.Write(body, group[i]);
                unflushed += group[i].Length;
                if (unflushed < FlushedAtOnce)
                    continue;
                unflushed = 0;
                if ((await body.FlushAsync(aborted)).IsCompleted)
                    return;
            }
        }

        body.Write("]}"u8);
        await body.FlushAsync(aborted);
    }
}
