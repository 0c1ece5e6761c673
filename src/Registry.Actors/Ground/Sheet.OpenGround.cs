using NetTopologySuite.Geometries;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core.Deposits;
using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <content>What a sheet knows of open ground.</content>
public sealed partial class Sheet
{
    /// <inheritdoc/>
    public Task<OpenGroundPart> OpenGround(OpenGroundQuery query)
    {
        ThrowIfRetired();
        return query.AsAt is { } asAt ? OpenGroundPast(query, asAt) : Task.FromResult(OpenGround(_content, query, Today));
    }

    private async Task<OpenGroundPart> OpenGroundPast(OpenGroundQuery query, GroundAsAt asAt) =>
        OpenGround((await PastAt(asAt.Cut)).Content, query, asAt.Day);

    private OpenGroundPart OpenGround(SheetContent content, OpenGroundQuery query, DateOnly day) => new(
        query.WithCells ? FreeCells(content, day) : [],
        query.WithAreas ? [.. AreasInForce(content, day)] : [],
        query.Deposits is { } box ? [.. DepositsIn(content, box, query.Commodities)] : []);

    private byte[] FreeCells(SheetContent content, DateOnly day)
    {
        var bits = new byte[(_regime.Graticule.CellsPerSheet + 7) / 8];
        for (var index = 0; index < _regime.Graticule.CellsPerSheet; index++)
        {
            if (content.IsFree(index, day))
                bits[index >> 3] |= (byte)(1 << (index & 7));
        }

        return bits;
    }

    private static IEnumerable<NearbyArea> AreasInForce(SheetContent content, DateOnly day) =>
        from found in content.Of(Collection.Areas).InOrder(0)
        where found.Area!.IsInForce(day)
        select new NearbyArea(found.Stream.Id, found.Area!.Geometry, found.Area.BufferMetres);

    private IEnumerable<NearbyDeposit> DepositsIn(SheetContent content, BoundingBox box, IReadOnlyList<string> commodities) =>
        from found in Candidates(content.Of(Collection.Deposits), box)
        // One that has left the sheet is known here as it was then; the sheets that it lies on know better.
        where found.Sheets.Contains(_id) && (commodities.Count == 0 || found.Deposit!.Commodities.Any(commodities.Contains))
        select Nearby(found.Deposit!);

    private static NearbyDeposit Nearby(DepositState deposit)
    {
        var place = deposit.Geometry is Point point ? point : deposit.Geometry.InteriorPoint;
        return new NearbyDeposit(deposit.Id, deposit.Name, place.X, place.Y);
    }
}
