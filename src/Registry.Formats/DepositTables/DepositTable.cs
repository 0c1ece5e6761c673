using System.Globalization;
using NetTopologySuite.Geometries;
using Registry.Core.Law;

namespace Registry.Formats.DepositTables;

/// <summary>
/// Understands a table of mineral sites as publishers give it out, dirty: says which deposits to register, and of every row what
/// became of it and why. Nothing is guessed silently.
/// </summary>
/// <remarks>
/// Refused: rows that are no deposits (plants, smelters, concentrators), rows without a name or a place in the jurisdiction, rows
/// that contradict another of the same record. Merged: records of one deposit, see <see cref="SameDeposit"/>. Kept apart: deposits of
/// one name that lie apart; all but the first have their place in the name.
/// </remarks>
public sealed class DepositTable
{
    private readonly DepositRow[] _rows;
    private readonly RowReport?[] _reports;
    private readonly List<DepositDraft> _deposits = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Coordinate, DepositDraft> _depositAt = [];

    private DepositTable(IEnumerable<DepositRow> rows)
    {
        _rows = [.. rows];
        _reports = new RowReport?[_rows.Length];
    }

    /// <summary>Reads a table.</summary>
    /// <param name="rows">The rows in the order of the table.</param>
    /// <param name="regime">The regime of the jurisdiction.</param>
    /// <exception cref="ArgumentException">The regime has no <see cref="Regime.Outline"/>.</exception>
    public static DepositTableReading Read(IEnumerable<DepositRow> rows, Regime regime)
    {
        var outline = regime.Outline ?? throw new ArgumentException("The regime has no outline.", nameof(regime));
        var table = new DepositTable(rows);
        var records = table.Sift(new DepositRowReader(regime, outline));
        foreach (var group in SameDeposit.Group(records).OrderBy(group => group[0].Source))
            table.Register(group);
        return new DepositTableReading(table._deposits, [.. table._reports.Select(report => report!)]);
    }

    /// <summary>The records of the rows, each record once; the other rows are reported on at once.</summary>
    private List<DepositRecord> Sift(DepositRowReader reader)
    {
        var records = new List<DepositRecord>();
        var bySource = new Dictionary<SourceRecord, DepositRecord>();
        for (var place = 0; place < _rows.Length; place++)
        {
            var row = _rows[place];
            var (record, refusal) = reader.Read(row, place);
            if (record is not null && !bySource.TryAdd(record.Source, record))
            {
                var first = bySource[record.Source];
                if (first.Row.SaysTheSameAs(row))
                    first.Repeats.Add(place);
                else
                    refusal = $"line {Text(first.Row.Line)} is of the same record and says something else";
            }
            else if (record is not null)
            {
                records.Add(record);
            }

            if (refusal is not null)
                _reports[place] = new RowReport(row.Line, row.Field("site_name"), RowOutcome.Refused, null, [refusal]);
        }

        return records;
    }

    private void Register(IReadOnlyList<DepositRecord> group)
    {
        var first = group[0];
        var name = Unused(first);
        var names = group.SelectMany(record => record.Names).Concat(group.SelectMany(record => record.OtherNames));
        var deposit = new DepositDraft
        {
            Key = first.Source.ToString(),
            Name = name,
            OtherNames = [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Where(other => !other.Equals(name, StringComparison.OrdinalIgnoreCase))],
            Status = first.Status,
            Location = first.Location,
            Commodities = [.. group.SelectMany(record => record.Commodities).Distinct()],
            Sources = [.. group.Select(record => record.Source.ToString())],
        };
        _deposits.Add(deposit);
        foreach (var record in group)
            Report(record, first, deposit);
    }

    private void Report(DepositRecord record, DepositRecord first, DepositDraft deposit)
    {
        List<string> remarks = [.. record.Changes, .. record.Oddities];
        var renamed = record == first && deposit.Name != first.Names[0];
        if (renamed)
            remarks.Add($"another deposit is called {first.Names[0]}; this one is called {deposit.Name}");
        if (record != first && GreatCircle.DistanceKm(record.Location, first.Location) is var apart and >= 0.05)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"its point lies {apart:0.0} km from that of line {first.Row.Line}, which is kept"));
        if (_depositAt.TryGetValue(record.Location.Coordinate, out var neighbour) && neighbour != deposit)
            remarks.Add($"it has the very coordinates of {neighbour.Name}");
        _depositAt.TryAdd(record.Location.Coordinate, deposit);

        var outcome = record != first ? RowOutcome.Merged
            : renamed || record.Changes.Count > 0 ? RowOutcome.Changed
            : RowOutcome.Registered;
        _reports[record.Place] = new RowReport(record.Row.Line, record.Row.Field("site_name"), outcome, deposit.Name, remarks);
        foreach (var repeat in record.Repeats)
        {
            _reports[repeat] = new RowReport(
                _rows[repeat].Line, record.Row.Field("site_name"), RowOutcome.Merged, deposit.Name, [$"it repeats line {Text(record.Row.Line)}"]);
        }
    }

    private string Unused(DepositRecord record)
    {
        var name = record.Names[0];
        if (_names.Add(name))
            return name;
        var (lat, lon) = (record.Location.Y, record.Location.X);
        var placed = string.Create(CultureInfo.InvariantCulture,
            $"{name} ({Math.Abs(lat):0.00} {(lat < 0 ? 'S' : 'N')}, {Math.Abs(lon):0.00} {(lon < 0 ? 'W' : 'E')})");
        if (_names.Add(placed))
            return placed;
        // Only a table that has such a name already comes here; no two deposits have the same first record.
        var numbered = $"{placed}, {record.Source}";
        _names.Add(numbered);
        return numbered;
    }

    private static string Text(int line) => line.ToString(CultureInfo.InvariantCulture);
}
