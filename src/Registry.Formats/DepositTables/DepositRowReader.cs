using System.Globalization;
using NetTopologySuite.Geometries;
using Registry.Core.Deposits;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Formats.DepositTables;

/// <summary>Understands one row by itself.</summary>
/// <param name="regime">Its scheme reads the cell codes of the rows, its outline says which points are the jurisdiction's.</param>
/// <param name="outline">The outline of the regime.</param>
internal sealed class DepositRowReader(Regime regime, Geometry outline)
{
    private const int LongestField = 1_000;

    private readonly RowCoordinates _coordinates = new(outline);

    /// <summary>The record that a row holds, or why it holds none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="place">Its place in the table, from 0.</param>
    public RowReading Read(DepositRow row, int place)
    {
        if (row.Fault is { } fault)
            return RowReading.Refused(fault);
        if (row.Fields.FirstOrDefault(field => field.Value.Length > LongestField) is { Key: { } column })
            return RowReading.Refused($"{column} is longer than {LongestField} characters");
        var names = SiteNames.Split(row.Field("site_name"));
        if (names.Count == 0)
            return RowReading.Refused("it has no name");
        if (SiteNames.PlantWord(row.Field("site_name")) is { } word)
            return RowReading.Refused($"by its name ('{word}') it is a plant, not a deposit");
        var (point, refusal) = _coordinates.Read(row);
        if (point is null)
            return RowReading.Refused(refusal!);
        if (KnownFaults.Of(SourceRecord.Of(row, names[0], point)) is { } known)
        {
            return RowReading.Refused(string.Create(CultureInfo.InvariantCulture,
                $"{known}; latitude {point.Y}, longitude {point.X} is a mistake of the source"));
        }

        return RowReading.Sound(Understood(row, place, names, point));
    }

    private DepositRecord Understood(DepositRow row, int place, IReadOnlyList<string> names, Point point)
    {
        var changes = new List<string>();
        var oddities = new List<string>();
        var otherNames = new List<string>();
        foreach (var otherName in SiteNames.Split(row.Field("other_names")))
        {
            if (SiteNames.TryReadAlias(otherName, out var alias))
            {
                changes.Add($"'{otherName}' is read as the name {alias}");
                names = [.. names, alias];
            }
            else
            {
                otherNames.Add(otherName);
            }
        }

        if (SiteNames.Split(row.Field("site_name")) is [var first, _, ..] several)
            changes.Add($"it has {several.Count} names in one and is called {first}");
        var record = new DepositRecord
        {
            Row = row,
            Place = place,
            Source = SourceRecord.Of(row, names[0], point),
            Names = names,
            OtherNames = otherNames,
            Location = point,
            Status = ReadStatus(row.Field("status"), changes),
            Commodities = RowCommodities.Read(row.Field("commodities"), changes),
            Changes = changes,
            Oddities = oddities,
        };
        if (record.Commodities.Count == 0)
            oddities.Add("it names no commodity");
        CompareCell(row.Field("cell_code_computed"), point, oddities);
        return record;
    }

    // A source that gives no status, as the USGS's tables, lists what it takes for deposits.
    private static DepositStatus ReadStatus(string text, List<string> changes)
    {
        if (text.Length == 0)
            return DepositStatus.Deposit;
        foreach (var status in Enum.GetValues<DepositStatus>())
        {
            if (text.Equals(status.ToString(), StringComparison.OrdinalIgnoreCase))
                return status;
        }

        changes.Add($"'{text}' is no status and is read as deposit");
        return DepositStatus.Deposit;
    }

    private void CompareCell(string code, Point point, List<string> oddities)
    {
        if (code.Length == 0)
            return;
        var read = new List<Cell>();
        var cell = regime.Graticule.CellAt(point.X, point.Y);
        if (!regime.Scheme.TryRead(code, read, out _))
            oddities.Add($"'{code}' is no cell code; the point lies in {regime.Scheme.Format(cell)}");
        else if (read is not [var only] || only != cell)
            oddities.Add($"the row says cell {code}, but its point lies in {regime.Scheme.Format(cell)}");
    }
}
