using Registry.Formats.DepositTables;

namespace Registry.Cli.Importing;

/// <summary>A file, read and understood, before anything is sent.</summary>
/// <param name="Rows">Its rows or features, in the file's order.</param>
/// <param name="Unread">The names of properties that the import has no use for.</param>
internal sealed record SourceTable(IReadOnlyList<SourceRow> Rows, IReadOnlyCollection<string> Unread);

/// <summary>One row or feature.</summary>
/// <param name="Number">The line on which the row begins, or the place of the feature, from 1.</param>
/// <param name="Name">What it is called, as written; may be empty.</param>
/// <param name="Reading">What reading it came to.</param>
/// <param name="Filing">The object that it is of; null when it was refused.</param>
/// <param name="Remarks">What was changed, is odd or is refused, each a clause for a person.</param>
internal sealed record SourceRow(int Number, string Name, RowOutcome Reading, Filing? Filing, IReadOnlyList<string> Remarks);
