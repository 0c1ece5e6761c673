using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Registry.Formats.DepositTables;

/// <summary>
/// Splits a table of deposits, as CSV (RFC 4180), into rows: UTF-8 with or without a byte order mark, any line ends, quotes, empty
/// lines passed over. What the rows mean is <see cref="DepositTable"/>'s to say.
/// </summary>
public static class DepositCsv
{
    private const int LongestField = 1_000_000;
    private static readonly string[] Required = ["site_name", "lat", "lon"];

    /// <summary>The rows, as they are read. A row that cannot be split comes with its <see cref="DepositRow.Fault"/>.</summary>
    /// <param name="csv">The table, its first line the names of the columns; left open.</param>
    /// <exception cref="FormatException">
    /// The header lacks a column that every deposit needs, or has one twice; or a field goes on for a million characters, as after a
    /// quote that is never closed.
    /// </exception>
    public static IEnumerable<DepositRow> Read(Stream csv)
    {
        using var reader = new StreamReader(csv, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var faulty = false;
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => faulty = true,
            MaxFieldSize = LongestField,
        });
        var columns = ReadHeader(parser);
        while (Advance(parser))
        {
            faulty = false;
            var values = parser.Record!;
            var line = parser.RawRow - values.Sum(LineEnds);
            var fields = columns.Zip(values).ToDictionary(field => field.First, field => field.Second);
            yield return new DepositRow(line, fields, FaultOf(values, columns, faulty));
        }
    }

    private static string[] ReadHeader(CsvParser parser)
    {
        string[] columns = Advance(parser) ? [.. parser.Record!.Select(column => column.Trim())] : [];
        var missing = Required.Except(columns).ToArray();
        if (missing.Length > 0)
            throw new FormatException($"The table's first line lacks the columns {string.Join(", ", missing)}.");
        if (columns.GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new FormatException($"The table has the column {twice} twice.");
        return columns;
    }

    private static bool Advance(CsvParser parser)
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException tooLong)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                $"Line {parser.RawRow}: a field is longer than {LongestField} characters; is a quote not closed?"), tooLong);
        }
    }

    private static string? FaultOf(string[] values, string[] columns, bool faulty) =>
        faulty ? "its quotes do not match"
        : values.Length != columns.Length ? string.Create(CultureInfo.InvariantCulture,
            $"it has {values.Length} fields where the header has {columns.Length}")
        : null;

    private static int LineEnds(string field)
    {
        var ends = 0;
        for (var i = 0; i < field.Length; i++)
            ends += field[i] == '\n' || (field[i] == '\r' && (i + 1 == field.Length || field[i + 1] != '\n')) ? 1 : 0;
        return ends;
    }
}
