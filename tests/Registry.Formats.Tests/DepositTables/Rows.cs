using Registry.Core.Countries;
using Registry.Formats.DepositTables;

namespace Registry.Formats.Tests.DepositTables;

/// <summary>Rows as the USGS's table has them, and how they are read.</summary>
internal static class Rows
{
    public static DepositRow Row(
        int line,
        string name,
        string lat,
        string lon,
        string commodities = "Tungsten",
        string otherNames = "",
        string? id = null,
        string source = "https://mrdata.usgs.gov/mrds",
        string code = "") => new(line, new Dictionary<string, string>
        {
            ["source"] = source,
            ["record_id"] = id ?? $"{line}",
            ["site_name"] = name,
            ["other_names"] = otherNames,
            ["lat"] = lat,
            ["lon"] = lon,
            ["commodities"] = commodities,
            ["deposit_type"] = "",
            ["cell_code_computed"] = code,
        });

    public static DepositTableReading Read(params DepositRow[] rows) => DepositTable.Read(rows, Regimes.Kazakhstan);

    /// <summary>The names of the deposits, in order.</summary>
    public static string Names(this DepositTableReading reading) => string.Join(" | ", reading.Deposits.Select(deposit => deposit.Name));
}
