namespace Registry.Actors.Journal;

/// <summary>What became of several appends.</summary>
/// <param name="Committed">What became of each, when all are durable; empty when none was written.</param>
/// <param name="Index">Which of them could not be; -1 when all are durable.</param>
/// <param name="Refused">Why; null when all are durable.</param>
public sealed record JointResult(IReadOnlyList<Committed> Committed, int Index, AppendResult? Refused);
