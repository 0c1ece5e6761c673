using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Registry.Core;
using Registry.Formats.VectorTile;
using Registry.Gateway.Answers;
using Registry.Gateway.Compression;
using Registry.Gateway.Costs;
using Registry.Gateway.Parameters;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Tiles;

/// <summary>Answers <c>GET /tiles/{z}/{x}/{y}.mvt</c>: a vector tile, 204 where it is empty, 304 where the caller has it.</summary>
/// <param name="source">Gives the tiles.</param>
/// <param name="past">The register as it stood.</param>
/// <param name="turns">Gives turns to those who ask for the past.</param>
public sealed class TileAnswer(TileSource source, PastRegister past, CostlyTurns turns)
{
    private static readonly string[] Names = [DateTimeParameter.AsAtName];

    // To be kept, and asked for again each time: the answer is then 304 while nothing has changed.
    private static readonly StringValues CacheControl = "public, no-cache";

    /// <summary>Answers the request.</summary>
    public Task Answer(HttpContext context)
    {
        if (Read(context, out var address, out var moment) is { } fault)
            return fault.ToProblem().ExecuteAsync(context);
        if (moment is { } asked)
            return AnswerPast(context, address, asked);
        var tile = source.Get(address, context);
        return tile.IsCompletedSuccessfully ? Write(context, tile.Result) : WriteAfter(context, tile);
    }

    private async Task AnswerPast(HttpContext context, TileAddress address, Moment moment)
    {
        var (asAt, refusal) = await past.Resolve(moment);
        if (refusal is not null)
        {
            await refusal.ToProblem().ExecuteAsync(context);
            return;
        }

        if (asAt is not { } instant)
        {
            await Write(context, await source.Get(address, context));
            return;
        }

        using var turn = await turns.Take(context, CostlyKind.Past);
        await Write(context, await source.GetPast(address, past.GroundOf(instant), context.RequestAborted));
    }

    private static async Task WriteAfter(HttpContext context, ValueTask<CachedTile> tile) => await Write(context, await tile);

    private static Task Write(HttpContext context, CachedTile tile)
    {
        var (request, response) = (context.Request, context.Response);
        var isZipped = tile.Bytes.Length > 0 && KeptCoding.IsGzipWanted(request.Headers.AcceptEncoding);
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
            response.Headers.ContentEncoding = KeptCoding.Gzip;
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

    private static Refusal? Read(HttpContext context, out TileAddress address, out Moment? moment)
    {
        (address, moment) = (default, null);
        var values = context.Request.RouteValues;
        Span<ReadOnlyMemory<char>?> asked = [null];
        if ((QueryText.Read(context.Request.QueryString, Names, asked) ?? DateTimeParameter.ReadAsAt(asked[0], out moment)) is { } fault)
            return fault;
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
