using System.Globalization;
using NetTopologySuite.Geometries;
using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Gateway.Deposits;

/// <summary>The ground of a deposit, and who claims it.</summary>
internal static class DepositGround
{
    // A hundred kilometres by a hundred touches some five thousand.
    private const int MostCells = 10_000;

    /// <summary>Why a deposit cannot lie so; null when it can.</summary>
    public static Refusal? Check(Regime regime, Geometry geometry) => CellsUnder(regime, geometry).End == SnapEnd.Complete ? null
        : Refusal.Broken(new BrokenRule(RuleNames.TooManyCells,
            string.Create(CultureInfo.InvariantCulture, $"The deposit spreads over more than {MostCells} cells.")));

    /// <summary>The license blocks whose ground holds some of the deposit, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<string>> LicenseBlocks(IActors actors, Regime regime, Geometry geometry)
    {
        var graticule = regime.Graticule;
        var bySheet = CellsUnder(regime, geometry).Cells.Where(regime.Jurisdiction.Contains).GroupBy(graticule.SheetOf);
        var views = await Task.WhenAll(bySheet.Select(cells => actors.Sheet(cells.Key).LookAll(CellSet.Of(cells))));
        var claimants = views.SelectMany(view => view).Select(view => view.LicenseBlock).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        var holding = new List<string>();
        foreach (var id in claimants)
        {
            // A polygon claims every cell that it touches, which says less than that it holds the deposit.
            var title = await actors.LicenseBlock(id).Get();
            if (title?.State.Polygon is not { } polygon || polygon.Intersects(geometry))
                holding.Add(id);
        }

        return holding;
    }

    private static Snapped CellsUnder(Regime regime, Geometry geometry) => geometry is Point point
        ? new Snapped(CellSet.Of([regime.Graticule.CellAt(point.X, point.Y)]), SnapEnd.Complete)
        : Snapping.Snap(regime.Graticule, geometry, SnapRule.Touched, MostCells);
}
