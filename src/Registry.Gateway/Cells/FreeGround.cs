using System.Buffers;
using System.Text.Json;
using Registry.Actors;
using Registry.Actors.Ground;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Gateway.Answers;
using Registry.Gateway.Collections;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;
using Registry.Gateway.ReferenceSystems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Cells;

/// <summary>Answers <c>GET /cells/free</c>: the cells within a rectangle that can be applied for, as features.</summary>
/// <param name="actors">How to reach the sheets.</param>
/// <param name="plan">Which sheets a rectangle touches.</param>
/// <param name="tokens">How page tokens are written.</param>
/// <param name="writer">Writes cells.</param>
/// <param name="clock">The registry's clock.</param>
public sealed class FreeGround(IActors actors, SheetPlan plan, PageTokens tokens, CellWriter writer, TimeProvider clock)
{
    private const string Name = "free-cells";

    /// <summary>Answers the request.</summary>
    public async Task Answer(HttpContext context)
    {
        if (ItemsQuery.Read(context.Request, Name, ItemsParameters.Unfiltered, plan, tokens, FeatureFormat.OfCells, out var query) is { } fault)
        {
            await fault.ToProblem().ExecuteAsync(context);
            return;
        }

        if (query.Period is not null)
        {
            await Refusal.Malformed(DateTimeParameter.Name, "Free ground answers for now only.").ToProblem().ExecuteAsync(context);
            return;
        }

        if (query.Filter is not null)
        {
            await Refusal.Malformed(
                BoundingBoxParameter.Name,
                "Free cells are looked for in a rectangle of degrees: give it in degrees or in EPSG:3857, and on one side of the antimeridian.")
                .ToProblem().ExecuteAsync(context);
            return;
        }

        var (features, next) = await Read(query.Box, query.From, query.Limit, context.RequestAborted);
        var nextAddress = next is { } place
            ? Links.With(context.Request, ItemsQuery.PageParameter, query.Token(tokens, Name, place))
            : null;
        ReferenceSystemParameter.WriteHeader(context.Response, query.System);
        await FeatureCollectionAnswer.Write(context, [features], clock.GetUtcNow(), matched: null, nextAddress, collection: null, query.System);
    }

    /// <summary>
    /// Goes through the sheets in their order and stops when the page is full. One cell more than the page takes tells whether there
    /// is a next; the place is the key of the last cell given.
    /// </summary>
    private async Task<(List<byte[]> Features, Place? Next)> Read(BoundingBox box, Place from, int limit, CancellationToken stop)
    {
        var features = new List<byte[]>();
        var end = from;
        foreach (var sheet in plan.Touched(box))
        {
            if (sheet.Number < from.Sheet)
                continue;
            stop.ThrowIfCancellationRequested();
            Cell? after = sheet.Number == from.Sheet ? new Cell((uint)from.After) : null;
            var free = await actors.Sheet(sheet).Free(box, after, limit - features.Count + 1);
            foreach (var cell in free)
            {
                if (features.Count == limit)
                    return (features, end);
                features.Add(Encode(cell));
                end = new Place(sheet.Number, cell.Key);
            }
        }

        return (features, null);
    }

    private byte[] Encode(Cell cell)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, JsonAnswer.Options);
        writer.WriteFeature(json, cell);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
