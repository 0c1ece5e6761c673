using NetTopologySuite.Geometries;
using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.OpenGround;
using Registry.Gateway.Costs;
using Registry.Gateway.Problems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.OpenGround;

/// <summary>A free area.</summary>
/// <param name="Cells">Its cells, which hang together by their sides.</param>
/// <param name="Deposits">The nearest of the deposits that were asked for, nearest first, with their distances in kilometres.</param>
internal sealed record FreeArea(CellSet Cells, IReadOnlyList<(NearbyDeposit Deposit, double Km)> Deposits);

/// <summary>Finds free areas: cells that can be applied for and meet every condition, as far as they hang together, over sheet edges too.</summary>
/// <remarks>
/// Conditions are put to each cell, and areas are what is left: so "near a deposit" cuts the steppe into the surroundings of deposits,
/// and never gives a whole country because one corner of it is near. Each sheet is seen at one instant, not all at the same one.
/// </remarks>
/// <param name="actors">How to reach the sheets.</param>
/// <param name="regime">The law, for its graticule.</param>
/// <param name="plan">Which sheets a rectangle touches.</param>
internal sealed class FreeAreaSearch(IActors actors, Regime regime, SheetPlan plan)
{
    private const int MostDeposits = 5;
    private const double KmPerDegree = 110;

    /// <summary>The areas, largest first, and how many there are in all.</summary>
    /// <returns>A refusal where the polygon's edges are too much work.</returns>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    /// <param name="query">What is asked.</param>
    /// <param name="asAt">When the ground is looked at; null for now.</param>
    /// <param name="stop">Ends the search between two of its steps.</param>
    public async Task<(Refusal? Fault, IReadOnlyList<FreeArea> Areas, int Matched)> Find(
        FreeAreaQuery query, GroundAsAt? asAt, CancellationToken stop)
    {
        var budget = new WorkBudget(WorkBudget.OfRequest);
        var sheets = plan.Touched(query.Box);
        if (sheets.Length == 0)
            return (null, [], 0);
        var (window, areas, deposits) = await Ask(query, asAt, sheets, stop);
        if (query.Polygon is { } polygon && !window.KeepWithin(polygon))
            return (Refusal.Malformed("geometry", "The polygon's edges cross too many rows of cells."), [], 0);
        foreach (var area in areas)
        {
            stop.ThrowIfCancellationRequested();
            if (!window.KeepClearOf(area.Geometry, area.BufferMetres + (query.ClearKm * 1000), budget))
                throw TooCostly.Because("The restriction areas are too many and too intricate to be kept clear of at this distance: ask for a smaller one.");
        }

        stop.ThrowIfCancellationRequested();
        if (query.NearKm is { } near && !window.KeepNear(deposits.Select(PlaceOf), near, budget))
            throw TooManyDeposits();
        var found = window.Areas(query.MinCells);
        var given = new List<FreeArea>();
        foreach (var cells in found.Take(query.Limit))
        {
            stop.ThrowIfCancellationRequested();
            given.Add(new FreeArea(cells, Nearest(cells, deposits, query.NearKm ?? 0, budget)));
            if (budget.IsSpent)
                throw TooManyDeposits();
        }

        return (null, given, found.Count);
    }

    private async Task<(GroundWindow Window, List<NearbyArea> Areas, List<NearbyDeposit> Deposits)> Ask(
        FreeAreaQuery query, GroundAsAt? asAt, SheetId[] sheets, CancellationToken stop)
    {
        // The buffer of an area can be wide, and areas are few: all sheets are asked for them.
        var withAreas = query.ClearKm > 0;
        BoundingBox? around = query.NearKm is { } near ? Widened(query.Box, near) : null;
        var asked = withAreas ? plan.Sheets : around is { } box ? plan.Touched(box) : sheets;
        var parts = await FewAtOnce.Ask(asked, Ask, stop);
        var window = new GroundWindow(regime.Graticule, sheets);
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].FreeCells.Length > 0)
                window.Open(asked[i], parts[i].FreeCells);
        }

        return (
            window,
            [.. parts.SelectMany(part => part.Areas).DistinctBy(area => area.Id)],
            [.. parts.SelectMany(part => part.Deposits).DistinctBy(deposit => deposit.Id)]);

        Task<OpenGroundPart> Ask(SheetId sheet) => actors.Sheet(sheet).OpenGround(
            new OpenGroundQuery(sheets.Contains(sheet), withAreas, around, query.Commodities) { AsAt = asAt });
    }

    private static ProblemException TooManyDeposits() =>
        TooCostly.Because("There are too many deposits to measure the distances to: ask in a smaller rectangle, for a commodity, or for fewer areas.");

    private List<(NearbyDeposit, double)> Nearest(CellSet cells, List<NearbyDeposit> deposits, double km, WorkBudget budget)
    {
        var ground = new MeasuredGround(regime.Graticule, cells);
        var box = Widened(BoundingBox.Of(regime.Graticule, cells), km);
        return [.. deposits
            .Where(deposit => !budget.IsSpent && box.Intersects(BoundingBox.Of(PlaceOf(deposit))))
            .Select(deposit => (deposit, Km: ground.Km(PlaceOf(deposit), budget)))
            .Where(near => near.Km <= km)
            .OrderBy(near => near.Km).ThenBy(near => near.deposit.Id, StringComparer.Ordinal)
            .Take(MostDeposits)];
    }

    private static Point PlaceOf(NearbyDeposit deposit) => Wgs84.Factory.CreatePoint(new Coordinate(deposit.Longitude, deposit.Latitude));

    /// <summary>A rectangle that holds all that is within a distance of another.</summary>
    private static BoundingBox Widened(BoundingBox box, double km)
    {
        var north = km / KmPerDegree;
        var (least, most) = (Math.Max(box.South - north, -90), Math.Min(box.North + north, 90));
        var shrink = Math.Cos(double.DegreesToRadians(Math.Min(Math.Max(-least, most), 89)));
        var east = north / shrink;
        return new BoundingBox(Math.Max(box.West - east, -180), least, Math.Min(box.East + east, 180), most);
    }
}
