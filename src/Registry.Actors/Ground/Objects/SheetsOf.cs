using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Actors.Journal;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;

namespace Registry.Actors.Ground.Objects;

/// <summary>Which sheets keep an object of free geometry, and which sheets a rectangle asks.</summary>
public static class SheetsOf
{
    /// <summary>The most cells that one polygon may lie on: a few whole sheets.</summary>
    public const int MostCellsUnder = 500_000;

    /// <summary>The sheets of the jurisdiction that share a point with a rectangle, edges included, in their order.</summary>
    public static IReadOnlyList<SheetId> Rectangle(Regime regime, BoundingBox box) =>
        [.. regime.Jurisdiction.Sheets.Where(sheet => BoundingBox.Of(regime.Graticule, sheet).Intersects(box))];

    /// <summary>The sheets that keep a deposit: the one that holds its point, or those that the rectangle around its polygon meets.</summary>
    public static IReadOnlyList<SheetId> Deposit(Regime regime, DepositState deposit)
    {
        if (deposit.Geometry is not Point point)
            return Rectangle(regime, BoundingBox.Of(deposit.Geometry));
        var sheet = regime.Graticule.SheetOf(regime.Graticule.CellAt(point.X, point.Y));
        return regime.Jurisdiction.Sheets.Contains(sheet) ? [sheet] : [];
    }

    /// <summary>The sheets that keep an object as it is stored; none where it lies nowhere.</summary>
    /// <exception cref="JsonException">Its state cannot be read.</exception>
    public static IReadOnlyList<SheetId> Stored(Regime regime, StoredObject stored) => stored.Stream.Collection switch
    {
        Collection.LicenseBlocks => JsonSerializer.Deserialize(stored.State, CoreJson.Default.LicenseBlockState)!.Cells.Sheets(regime.Graticule),
        Collection.Deposits => Deposit(regime, JsonSerializer.Deserialize(stored.State, CoreJson.Default.DepositState)!),
        Collection.Areas => Area(regime, JsonSerializer.Deserialize(stored.State, CoreJson.Default.AreaState)!),
        _ => [],
    };

    /// <summary>The cells of the jurisdiction that a deposit lies on: its point's, or those that share ground with its polygon.</summary>
    public static IEnumerable<Cell> CellsUnder(Regime regime, Geometry geometry) => geometry is Point point
        ? [regime.Graticule.CellAt(point.X, point.Y)]
        : Snapping.Snap(regime.Graticule, geometry, SnapRule.Touched, MostCellsUnder).Cells;

    /// <summary>The sheets that keep a restriction area: those that the rectangle around it or its cells lie on.</summary>
    public static IReadOnlyList<SheetId> Area(Regime regime, AreaState area) =>
        [.. Rectangle(regime, BoundingBox.Of(area.Geometry)).Union(area.Cells.Sheets(regime.Graticule)).Order()];
}
