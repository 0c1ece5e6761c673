using System.Collections.Concurrent;
using Registry.Actors.Contracts;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Formats.VectorTile;
using Registry.Gateway.Costs;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Tiles;

/// <summary>Gives tiles: from the cache while its sheets have not changed, else from the sheets.</summary>
/// <remarks>
/// Of requests for one tile at the same time, one makes it and the others wait. What it gives shows every write that was acknowledged
/// before it was asked, on each sheet as at one instant; the sheets of a tile not all at the same one.
/// </remarks>
/// <param name="actors">How to reach the sheets.</param>
/// <param name="regime">The law, for its graticule.</param>
/// <param name="plan">Which sheets a rectangle touches.</param>
/// <param name="versions">The versions of sheets.</param>
/// <param name="cache">Where finished tiles are kept.</param>
/// <param name="identity">Tells the registry from others.</param>
/// <param name="turns">Gives turns to those whose tile has to be made; null where nobody waits.</param>
public sealed class TileSource(
    IActors actors, Regime regime, SheetPlan plan, SheetVersions versions, TileCache cache, JournalIdentity identity,
    CostlyTurns? turns = null)
{
    // Of the budget of a tile this part is shared evenly, so that a sheet with a sliver of the tile can show what begins there.
    private const double EvenPart = 0.25;

    private readonly ConcurrentDictionary<TileAddress, Task<CachedTile>> _beingMade = new();
    private int _made;

    /// <summary>How many tiles were made.</summary>
    public int Made => Volatile.Read(ref _made);

    /// <summary>A tile of the pyramid.</summary>
    /// <param name="address">Which.</param>
    /// <param name="context">Who asks; null for nobody who has to wait for a turn.</param>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public ValueTask<CachedTile> Get(TileAddress address, HttpContext? context = null)
    {
        if (cache.Find(address) is not { } kept)
            return new(GetInTurn(address, context));
        var isCurrent = kept.IsCurrent(versions);
        if (!isCurrent.IsCompletedSuccessfully)
            return new(GetAfter(address, context, kept, isCurrent.AsTask()));
        return isCurrent.Result ? ValueTask.FromResult(kept) : new(GetInTurn(address, context));
    }

    /// <summary>A tile of the ground as it stood. It is made each time: what takes long, the sheets as they stood, they keep themselves.</summary>
    /// <param name="address">Which.</param>
    /// <param name="asAt">When.</param>
    /// <param name="stop">The client has left.</param>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public async Task<CachedTile> GetPast(TileAddress address, GroundAsAt asAt, CancellationToken stop) =>
        await Make(address, asAt, (parts, ask) => FewAtOnce.Ask(parts, ask, stop));

    private async Task<CachedTile> GetAfter(TileAddress address, HttpContext? context, CachedTile kept, Task<bool> isCurrent) =>
        await isCurrent ? kept : await GetInTurn(address, context);

    private async Task<CachedTile> GetInTurn(TileAddress address, HttpContext? context)
    {
        using var turn = turns is null || context is null ? null : await turns.Take(context, CostlyKind.Tiles);
        // Others may have had it made while this request waited.
        return cache.Find(address) is { } kept && await kept.IsCurrent(versions) ? kept : await GetAfter(address);
    }

    private async Task<CachedTile> GetAfter(TileAddress address)
    {
        // One that others began to make may have been asked of the sheets before this request came; the one after it was not.
        var making = Make(address, out var isOwn);
        var made = await making;
        return isOwn || await made.IsCurrent(versions) ? made : await Make(address, out _);
    }

    private Task<CachedTile> Make(TileAddress address, out bool isOwn)
    {
        var promise = new TaskCompletionSource<CachedTile>(TaskCreationOptions.RunContinuationsAsynchronously);
        var making = _beingMade.GetOrAdd(address, promise.Task);
        isOwn = making == promise.Task;
        return isOwn ? Fulfil(promise, address) : making;
    }

    private async Task<CachedTile> Fulfil(TaskCompletionSource<CachedTile> promise, TileAddress address)
    {
        try
        {
            var made = await Make(address, asAt: null, (parts, ask) => Task.WhenAll(parts.Select(ask)));
            cache.Keep(made);
            _beingMade.TryRemove(address, out _);
            promise.SetResult(made);
        }
        catch (Exception fault)
        {
            _beingMade.TryRemove(address, out _);
            promise.SetException(fault);
        }

        return await promise.Task;
    }

    private async Task<CachedTile> Make(
        TileAddress address, GroundAsAt? asAt, Func<(SheetId Sheet, double Share)[], Func<(SheetId Sheet, double Share), Task<SheetTile>>, Task<SheetTile[]>> askAll)
    {
        var sheets = plan.Touched(address.Ground());
        var registry = await identity.Get();
        var parts = await askAll(
            [.. sheets.Zip(Shares(address, sheets))], part => actors.Sheet(part.Sheet).Tile(new TileQuery(address, part.Share) { AsAt = asAt }));
        Interlocked.Increment(ref _made);
        return new CachedTile(
            registry, address, sheets, Array.ConvertAll(parts, part => part.Version), TileMerge.Of(Array.ConvertAll(parts, part => part.Bytes)), asAt);
    }

    /// <summary>How much of the tile's budget is each sheet's: most of it by the ground that the tile shows of it.</summary>
    private double[] Shares(TileAddress address, SheetId[] sheets)
    {
        var frame = new TileFrame(address);
        var shown = Array.ConvertAll(sheets, sheet =>
        {
            var box = BoundingBox.Of(regime.Graticule, sheet);
            var width = Clamp(frame.X(box.East)) - Clamp(frame.X(box.West));
            var height = Clamp(frame.Y(box.South)) - Clamp(frame.Y(box.North));
            return width * height;
        });
        // A sheet may only touch the tile's edge; the sum is 0 when all do.
        var sum = Math.Max(shown.Sum(), double.Epsilon);
        return Array.ConvertAll(shown, part => (EvenPart / sheets.Length) + ((1 - EvenPart) * part / sum));
    }

    private static double Clamp(double units) => Math.Clamp(units, TileFrame.Least, TileFrame.Most);
}
