using NetTopologySuite.Geometries;
using Registry.Actors.Journal;
using Registry.Core.Deposits;

namespace Registry.Actors.Ground;

/// <content>What a sheet knows of open ground.</content>
public sealed partial class Sheet
{
    /// <inheritdoc/>
    public Task<OpenGroundPart> OpenGround(OpenGroundQuery query)
    {
        ThrowIfRetired();
        var today = Today;
        return Task.FromResult(new OpenGroundPart(
            query.WithCells ? FreeCells(today) : [],
            query.WithAreas ? [.. AreasInForce(today)] : [],
            query.Deposits is { } box ? [.. DepositsIn(box, query.Commodities)] : []));
    }

    private byte[] FreeCells(DateOnly today)
    {
        var bits = new byte[(_regime.Graticule.CellsPerSheet + 7) / 8];
        for (var index = 0; index < _regime.Graticule.CellsPerSheet; index++)
        {
            if (_content.IsFree(index, today))
                bits[index >> 3] |= (byte)(1 << (index & 7));
        }

        return bits;
    }

    private IEnumerable<NearbyArea> AreasInForce(DateOnly today) =>
        from found in _content.Of(Collection.Areas).InOrder(0)
        where found.Area!.IsInForce(today)
        select new NearbyArea(found.Stream.Id, found.Area!.Geometry, found.Area.BufferMetres);

    private IEnumerable<NearbyDeposit> DepositsIn(BoundingBox box, IReadOnlyList<string> commodities) =>
        from found in Candidates(_content.Of(Collection.Deposits), box)
        where commodities.Count == 0 || found.Deposit!.Commodities.Any(commodities.Contains)
        select Nearby(found.Deposit!);

    private static NearbyDeposit Nearby(DepositState deposit)
    {
        var place = deposit.Geometry is Point point ? point : deposit.Geometry.InteriorPoint;
        return new NearbyDeposit(deposit.Id, deposit.Name, place.X, place.Y);
    }
}
