using System.Globalization;

namespace Registry.Formats.DepositTables;

/// <summary>What became of a row.</summary>
public enum RowOutcome
{
    /// <summary>It is a deposit, registered as it was written.</summary>
    Registered,

    /// <summary>It is a deposit, but was not taken as it was written; the remarks say what was changed.</summary>
    Changed,

    /// <summary>It is one more record of a deposit that another row registers.</summary>
    Merged,

    /// <summary>Nothing was taken from it; the remarks say why.</summary>
    Refused,
}

/// <summary>What became of one row of a table, and why. Every row has one.</summary>
/// <param name="Line">The line on which the row begins.</param>
/// <param name="Name">The name in the row, as written; may be empty.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Deposit">The name of the deposit that it went into; null when it was refused.</param>
/// <param name="Remarks">What was changed or is odd, each a clause for a person.</param>
public sealed record RowReport(int Line, string Name, RowOutcome Outcome, string? Deposit, IReadOnlyList<string> Remarks)
{
    /// <summary>The report on one line: <c>line 22: Akchatau: merged into Akchatau (its point lies 4.2 km away)</c>.</summary>
    public override string ToString()
    {
        var outcome = Outcome == RowOutcome.Merged ? $"merged into {Deposit}" : Outcome.ToString().ToLowerInvariant();
        var remarks = Remarks.Count == 0 ? "" : $" ({string.Join("; ", Remarks)})";
        return string.Create(CultureInfo.InvariantCulture, $"line {Line}: {Name}: {outcome}{remarks}");
    }
}

/// <summary>A table of deposits, understood.</summary>
/// <param name="Deposits">The deposits to register, in the order of their first rows.</param>
/// <param name="Rows">What became of each row, in the order of the table.</param>
public sealed record DepositTableReading(IReadOnlyList<DepositDraft> Deposits, IReadOnlyList<RowReport> Rows);
