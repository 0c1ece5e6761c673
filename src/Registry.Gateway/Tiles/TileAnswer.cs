using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Registry.Core;
using Registry.Formats.VectorTile;
using Registry.Gateway.Answers;
using Registry.Gateway.Compression;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Tiles;

/// <summary>Answers <c>GET /tiles/{z}/{x}/{y}.mvt</c>: a vector tile, 204 where it is empty, 304 where the caller has it.</summary>
/// <param name="source">Gives the tiles.</param>
public sealed class TileAnswer(TileSource source)
{
    // To be kept, and asked for again each time: the answer is then 304 while nothing has changed.
    private static readonly StringValues CacheControl = "public, no-cache";

    /// <summary>Answers the request.</summary>
    public Task Answer(HttpContext context)
    {
        if (Read(context, out var address) is { } fault)
            return fault.ToProblem().ExecuteAsync(context);
        var tile = source.Get(address, context);
        return tile.IsCompletedSuccessfully ? Write(context, tile.Result) : WriteAfter(context, tile);
    }

    private static async Task WriteAfter(HttpContext context, ValueTask<CachedTile> tile) => await Write(context, await tile);

    private static Task Write(HttpContext context, CachedTile tile)
    {
        var (request, response) = (context.Request, context.Response);
        var isZipped = tile.Bytes.Length > 0 && KeptInGzip.IsWanted(request.Headers.AcceptEncoding);
        response.Headers.ETag = isZipped ? tile.ZippedETag : tile.ETag;
        response.Headers.CacheControl = CacheControl;
        response.Headers.Vary = Vary.ByEncoding;
        if (IsKnown(request.Headers.IfNoneMatch, tile))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        if (tile.Bytes.Length == 0)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        var bytes = isZipped ? tile.Zipped : tile.Bytes;
        response.ContentType = TileBytes.MediaType;
        response.ContentLength = bytes.Length;
        if (isZipped)
            response.Headers.ContentEncoding = KeptInGzip.Coding;
        if (HttpMethods.IsHead(request.Method))
            return Task.CompletedTask;
        var written = response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    private static bool IsKnown(StringValues known, CachedTile tile)
    {
        if (known.Count == 0)
            return false;
        if (known.Count == 1 && (known[0] == tile.ETag || known[0] == tile.ZippedETag))
            return true;
        return EntityTagHeaderValue.TryParseList(known, out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == tile.ETag || tag.Tag == tile.ZippedETag);
    }

    private static Refusal? Read(HttpContext context, out TileAddress address)
    {
        address = default;
        var values = context.Request.RouteValues;
        if (QueryText.Read(context.Request.QueryString, [], []) is { } unknown)
            return unknown;
        if (!TryRead(values["z"], out var zoom) || zoom > TileAddress.MostZoom)
            return Refusal.Malformed("z", string.Create(CultureInfo.InvariantCulture, $"A zoom from 0 to {TileAddress.MostZoom} was expected."));
        if (!TryRead(values["x"], out var column) || !TileAddress.Exists(zoom, column, 0))
            return OutOfRange("x", zoom);
        if (!TryRead(values["y"], out var row) || !TileAddress.Exists(zoom, column, row))
            return OutOfRange("y", zoom);
        address = new TileAddress(zoom, column, row);
        return null;
    }

    private static bool TryRead(object? text, out int number) =>
        int.TryParse((string?)text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static Refusal OutOfRange(string name, int zoom) => Refusal.Malformed(
        name, string.Create(CultureInfo.InvariantCulture, $"At zoom {zoom}, a whole number from 0 to {(1L << zoom) - 1} was expected."));
}
