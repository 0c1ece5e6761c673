namespace Registry.Formats.DepositTables;

/// <summary>One row of a table of deposits, split into fields and not yet understood.</summary>
/// <param name="Line">The line of the file on which the row begins, from 1; the header is line 1.</param>
/// <param name="Fields">
/// The text of each column by its name: <c>source</c>, <c>record_id</c>, <c>site_name</c>, <c>other_names</c>, <c>lat</c>, <c>lon</c>,
/// <c>commodities</c>, <c>status</c>, <c>cell_code_computed</c>. A column that the table lacks is left out; others are not read.
/// </param>
/// <param name="Fault">Why the row could not be split into fields; null when it could.</param>
public sealed record DepositRow(int Line, IReadOnlyDictionary<string, string> Fields, string? Fault = null)
{
    /// <summary>The text of a column without the space around it; empty when the column is missing.</summary>
    internal string Field(string column) => Fields.GetValueOrDefault(column, "").Trim();

    /// <summary>Whether every column of the two rows holds the same text.</summary>
    internal bool SaysTheSameAs(DepositRow other) =>
        Fields.Count == other.Fields.Count && Fields.Keys.All(column => Field(column) == other.Field(column));
}
