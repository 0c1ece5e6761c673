using System.Globalization;
using Registry.Cli.Commands;
using Registry.Formats.Csv;
using Registry.Formats.DepositTables;

namespace Registry.Cli.Importing;

/// <summary>What an import did with a row.</summary>
internal enum ImportOutcome
{
    /// <summary>Registered as it was written.</summary>
    Registered,

    /// <summary>Registered, but not as it was written; the remarks say what was changed.</summary>
    Changed,

    /// <summary>One more record of an object that another row registers.</summary>
    Merged,

    /// <summary>An earlier import has registered it.</summary>
    AlreadyThere,

    /// <summary>Not registered; the remarks say why.</summary>
    Refused,

    /// <summary>Not known; the remarks say why. To be imported again.</summary>
    Failed,
}

/// <summary>What an import did with a row, and why.</summary>
/// <param name="Number">The line on which the row begins, or the place of the feature, from 1.</param>
/// <param name="Name">What the row calls itself; may be empty.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Object">What the report calls the object that the row went into; null when it went into none.</param>
/// <param name="Id">The id of that object.</param>
/// <param name="Remarks">What was changed, is odd, or is refused.</param>
internal sealed record ImportedRow(
    int Number, string Name, ImportOutcome Outcome, string? Object, string? Id, IReadOnlyList<string> Remarks)
{
    /// <summary>What became of a row whose filing was answered.</summary>
    /// <param name="row">The row.</param>
    /// <param name="answer">The answer to its filing; null when there is no filing, or no answer.</param>
    public static ImportedRow Of(SourceRow row, FilingAnswer? answer)
    {
        if (row.Filing is not { } filing)
            return new(row.Number, row.Name, ImportOutcome.Refused, null, null, row.Remarks);
        answer ??= new FilingAnswer(FilingOutcome.Failed, null, "it was not answered; import the file again");
        var isThere = answer.Outcome is FilingOutcome.Registered or FilingOutcome.AlreadyThere;
        var outcome = answer.Outcome switch
        {
            FilingOutcome.Refused => ImportOutcome.Refused,
            FilingOutcome.Failed => ImportOutcome.Failed,
            _ when row.Reading == RowOutcome.Merged => ImportOutcome.Merged,
            FilingOutcome.AlreadyThere => ImportOutcome.AlreadyThere,
            _ when row.Reading == RowOutcome.Changed => ImportOutcome.Changed,
            _ => ImportOutcome.Registered,
        };
        var why = answer.Why is not { } said ? null
            : row.Reading == RowOutcome.Merged && !isThere ? $"it is one with {filing.Name}: {said}"
            : said;
        return new(
            row.Number, row.Name, outcome, isThere ? filing.Name : null, answer.Id, why is null ? row.Remarks : [why, .. row.Remarks]);
    }

    /// <summary>The row on one line: <c>22: Akchatau: merged into Akchatau (its point lies 4.2 km away)</c>.</summary>
    public override string ToString()
    {
        var outcome = Outcome == ImportOutcome.Merged ? $"merged into {Object}" : ImportReport.Word(Outcome);
        var remarks = Remarks.Count == 0 ? "" : $" ({string.Join("; ", Remarks)})";
        return PlainText.Of(string.Create(CultureInfo.InvariantCulture, $"{Number}: {Name}: {outcome}{remarks}"));
    }
}

/// <summary>The report of an import, on every row of its file.</summary>
internal static class ImportReport
{
    /// <summary>The word for an outcome: <c>already there</c>.</summary>
    public static string Word(ImportOutcome outcome) =>
        outcome == ImportOutcome.AlreadyThere ? "already there" : outcome.ToString().ToLowerInvariant();

    /// <summary>How many rows there are of each outcome, on one line.</summary>
    public static string Totals(IReadOnlyCollection<ImportedRow> rows)
    {
        var counts = Enum.GetValues<ImportOutcome>().Select(outcome => string.Create(CultureInfo.InvariantCulture,
            $"{rows.Count(row => row.Outcome == outcome)} {Word(outcome)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{rows.Count} rows: {string.Join(", ", counts)}.");
    }

    /// <summary>Writes the rows as CSV: <c>row,name,outcome,object,id,remarks</c>.</summary>
    public static void Write(TextWriter report, IEnumerable<ImportedRow> rows)
    {
        report.Write("row,name,outcome,object,id,remarks\n");
        foreach (var row in rows)
        {
            string[] fields =
            [
                row.Number.ToString(CultureInfo.InvariantCulture), row.Name, Word(row.Outcome), row.Object ?? "", row.Id ?? "",
                string.Join("; ", row.Remarks),
            ];
            report.Write($"{string.Join(',', fields.Select(CsvText.Guarded))}\n");
        }
    }
}
