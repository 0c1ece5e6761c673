namespace Registry.Actors.Journal;

/// <summary>A journal that appends several entries in one transaction: all of them, or none.</summary>
public interface IJointJournal
{
    /// <summary>Appends entries one behind the other, with nothing between them. When all are committed, all are durable.</summary>
    /// <param name="appends">The entries, of as many objects; each is checked as <see cref="IJournal.Append"/> does, after those before it.</param>
    /// <exception cref="InvalidOperationException">
    /// A claim or a deadline is given to an object that was never registered; nothing was written.
    /// </exception>
    /// <exception cref="JournalUnavailableException">The storage failed; all of the entries may be there, or none.</exception>
    Task<JointResult> AppendAll(IReadOnlyList<Append> appends);
}

/// <summary>What became of several appends.</summary>
/// <param name="Committed">What became of each, when all are durable; empty when none was written.</param>
/// <param name="Index">Which of them could not be; -1 when all are durable.</param>
/// <param name="Refused">Why; null when all are durable.</param>
public sealed record JointResult(IReadOnlyList<Committed> Committed, int Index, AppendResult? Refused);
