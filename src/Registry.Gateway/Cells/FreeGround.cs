using System.Buffers;
using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Gateway.Answers;
using Registry.Gateway.Collections;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Costs;
using Registry.Gateway.Parameters;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;
using Registry.Gateway.ReferenceSystems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Cells;

/// <summary>Answers <c>GET /cells/free</c>: the cells within a rectangle that can, or at an instant could, be applied for, as features.</summary>
/// <param name="actors">How to reach the sheets.</param>
/// <param name="plan">Which sheets a rectangle touches.</param>
/// <param name="tokens">How page tokens are written.</param>
/// <param name="writer">Writes cells.</param>
/// <param name="clock">The registry's clock.</param>
/// <param name="past">The register as it stood.</param>
/// <param name="turns">Gives turns to those who ask for the past.</param>
public sealed class FreeGround(
    IActors actors, SheetPlan plan, PageTokens tokens, CellWriter writer, TimeProvider clock, PastRegister past, CostlyTurns turns)
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
            await Refusal.Malformed(DateTimeParameter.Name, "Free ground has no time of its own: as-at asks for what was free at an instant.")
                .ToProblem().ExecuteAsync(context);
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

        var (asAt, refusal) = await past.Resolve(query.AsAt);
        if (refusal is not null)
        {
            await refusal.ToProblem().ExecuteAsync(context);
            return;
        }

        if (asAt is not null)
            await turns.Hold(context, CostlyKind.Past);
        var (features, next) = await Read(query, asAt, context.RequestAborted);
        var nextAddress = next is { } place
            ? Links.With(context.Request, ItemsQuery.PageParameter, query.Token(tokens, Name, place))
            : null;
        ReferenceSystemParameter.WriteHeader(context.Response, query.System);
        await FeatureCollectionAnswer.Write(context, [features], asAt?.Instant ?? clock.GetUtcNow(), matched: null, nextAddress, collection: null, query.System);
    }

    /// <summary>
    /// Goes through the sheets in their order and stops when the page is full. One cell more than the page takes tells whether there
    /// is a next; the place is the key of the last cell given.
    /// </summary>
    private async Task<(List<byte[]> Features, Place? Next)> Read(ItemsQuery query, AsAt? asAt, CancellationToken stop)
    {
        var (box, from, limit) = (query.Box, query.From, query.Limit);
        var features = new List<byte[]>();
        var end = from;
        foreach (var sheet in plan.Touched(box))
        {
            if (sheet.Number < from.Sheet)
                continue;
            stop.ThrowIfCancellationRequested();
            Cell? after = sheet.Number == from.Sheet ? new Cell((uint)from.After) : null;
            var most = limit - features.Count + 1;
            var free = asAt is { } instant
                ? await actors.Sheet(sheet).FreeAsAt(box, after, most, past.GroundOf(instant))
                : await actors.Sheet(sheet).Free(box, after, most);
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
