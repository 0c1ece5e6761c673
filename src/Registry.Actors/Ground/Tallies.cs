using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core.Deposits;
using Registry.Core.Features;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Actors.Ground;

/// <summary>The counters of a sheet: changed by each object that enters, changes or leaves, never counted anew.</summary>
internal sealed class Tallies(Regime regime, SheetId sheet)
{
    private readonly Dictionary<Key, Sum> _sums = [];

    /// <summary>What was counted, in the order of keys.</summary>
    public IReadOnlyList<Tally> All =>
    [
        .. _sums
            .OrderBy(pair => pair.Key.Collection).ThenBy(pair => pair.Key.By)
            .ThenBy(pair => pair.Key.Value, StringComparer.Ordinal).ThenBy(pair => pair.Key.Status, StringComparer.Ordinal)
            .Select(pair => new Tally(
                pair.Key.Collection, pair.Key.By, pair.Key.Value, pair.Key.Status, pair.Value.Count, pair.Value.Cells, pair.Value.SquareMetres)),
    ];

    /// <summary>Counts an object in place of what it was before.</summary>
    public void Change(SheetObject? before, SheetObject after)
    {
        if (before is not null)
            Count(before, -1);
        Count(after, +1);
    }

    private void Count(SheetObject known, int sign)
    {
        if (known.Sheets is not [var first, ..] || first != sheet)
            return;
        var measure = MeasureOf(known);
        var sum = new Sum(sign, sign * measure.Cells, sign * measure.SquareMetres);
        foreach (var (by, value) in ValuesOf(known))
        {
            var key = new Key(known.Stream.Collection, by, value, measure.Status);
            var counted = _sums.GetValueOrDefault(key) + sum;
            if (counted.Count == 0)
                _sums.Remove(key);
            else
                _sums[key] = counted;
        }
    }

    private (string Status, long Cells, long SquareMetres) MeasureOf(SheetObject known) => known switch
    {
        { LicenseBlock: { } title } =>
            (FeatureWriter.Name(title.Status), title.Cells.Count, Whole(title.AreaKm2(regime.Graticule))),
        { Deposit: { } deposit } => (
            FeatureWriter.Name(deposit.Status),
            SheetsOf.CellsUnder(regime, deposit.Geometry).Count(regime.Jurisdiction.Contains),
            Whole(PolygonArea.Km2(deposit.Geometry))),
        _ => (FeatureWriter.Name(known.Area!.Effect), known.Area.Cells.Count, Whole(PolygonArea.Km2(known.Area.Geometry))),
    };

    private IEnumerable<(TallyBy By, string Value)> ValuesOf(SheetObject known)
    {
        yield return (TallyBy.Status, "");
        yield return (TallyBy.Sheet, sheet.ToString());
        if (regime.Regions is { } regions)
            yield return (TallyBy.Region, RegionOf(regions, known));
        yield return (TallyBy.YearFiled, Year(regime.Calendar.DateOf(known.FirstAt)));
        if (known.LicenseBlock is { } title)
        {
            yield return (TallyBy.Kind, FeatureWriter.Name(title.Kind));
            yield return (TallyBy.Country, title.Holder.Country);
            if (regime.Country is { } home)
                yield return (TallyBy.Origin, title.Holder.Country == home ? "domestic" : "foreign");
            if (title.GrantedOn is { } date)
                yield return (TallyBy.YearGranted, Year(date));
        }

        var commodities = known.LicenseBlock?.Commodities ?? known.Deposit?.Commodities ?? [];
        foreach (var commodity in commodities.Distinct(StringComparer.Ordinal))
            yield return (TallyBy.Commodity, commodity);
        foreach (var list in CriticalLists.All.Where(list => commodities.Any(list.Names)))
            yield return (TallyBy.CriticalList, list.Name);
    }

    private string RegionOf(RegionMap regions, SheetObject known)
    {
        // A deposit has no cells, and an area smaller than one may cover none.
        if ((known.LicenseBlock?.Cells ?? known.Area?.Cells) is not { Count: > 0 } cells)
            return regions.NameAt(known.Geometry!.Coordinate.X, known.Geometry.Coordinate.Y) ?? "none";
        var box = BoundingBox.Of(regime.Graticule, cells[0]);
        return regions.NameAt((box.West + box.East) / 2, (box.South + box.North) / 2) ?? "none";
    }

    private static string Year(DateOnly date) => date.ToString("yyyy", System.Globalization.CultureInfo.InvariantCulture);

    private static long Whole(double areaKm2) => (long)Math.Round(areaKm2 * 1e6);

    private readonly record struct Key(Collection Collection, TallyBy By, string Value, string Status);

    private readonly record struct Sum(long Count, long Cells, long SquareMetres)
    {
        public static Sum operator +(Sum left, Sum right) =>
            new(left.Count + right.Count, left.Cells + right.Cells, left.SquareMetres + right.SquareMetres);
    }
}
