using System.Globalization;
using System.Text;
using Registry.Formats.Csv;
using Registry.Formats.Features;

namespace Registry.Formats.DepositTables;

/// <summary>
/// Splits a table of deposits into rows, as any CSV is split here: in whatever line ends and separators, in UTF-8 or UTF-16 with its mark,
/// or in an encoding that is named. What the rows mean is <see cref="DepositTable"/>'s to say.
/// </summary>
public static class DepositCsv
{
    private static readonly string[] s_columns = ["source", "record_id", "site_name", "other_names", "lat", "lon", "commodities", "status", "cell_code_computed"];
    private static readonly string[] s_required = ["site_name", "lat", "lon"];

    /// <summary>The rows, as they are read. A row that is refused by itself comes with its <see cref="DepositRow.Fault"/>.</summary>
    /// <param name="csv">The table, its first line the names of the columns; it can seek. Left open.</param>
    /// <param name="encoding">What it is in; null for UTF-8, or UTF-16 with its mark.</param>
    /// <exception cref="FormatException">
    /// The table is not in this encoding, or a quote in it is in the wrong place; or the header lacks a column that every deposit needs, or
    /// has one twice.
    /// </exception>
    public static IEnumerable<DepositRow> Read(Stream csv, Encoding? encoding = null)
    {
        using var rows = Told(() => new CsvRows(csv, encoding, SourceLimits.Default));
        var columns = ReadHeader(Told(rows.Next));
        while (Told(rows.Next) is { } row)
        {
            var fault = row.Fault ?? (row.Fields.Count == columns.Length ? null : string.Create(CultureInfo.InvariantCulture,
                $"it has {row.Fields.Count} fields where the header has {columns.Length}"));
            var fields = columns.Zip(row.Fields).Where(field => field.First.Length > 0).ToDictionary(field => field.First, field => field.Second);
            yield return new DepositRow(row.Line, fields, fault);
        }
    }

    private static string[] ReadHeader(CsvRow? row)
    {
        string[] columns = [.. (row?.Fields ?? []).Select(NameOf)];
        var missing = s_required.Except(columns).ToArray();
        if (missing.Length > 0)
            throw new FormatException($"The table's first line lacks the columns {string.Join(", ", missing)}.");
        if (columns.Where(column => column.Length > 0).GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new FormatException($"The table has the column {twice} twice.");
        return columns;
    }

    // In dBASE, Excel and Oracle names have no case.
    private static string NameOf(string column) =>
        Array.Find(s_columns, known => known.Equals(column.Trim(), StringComparison.OrdinalIgnoreCase)) ?? column.Trim();

    private static T Told<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SourceException fault)
        {
            throw new FormatException(fault.Message, fault);
        }
    }
}
