using System.Globalization;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Titles;

namespace Registry.Actors.Journal;

/// <summary>What a verification found.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Objects">How many stored objects were compared.</param>
/// <param name="Claims">How many claims were compared.</param>
/// <param name="Head">
/// The hash of the last entry that was read, 32 bytes; zeros when there is none. Written down elsewhere, it shows later whether the
/// entries up to it are still the same.
/// </param>
/// <param name="Faults">What is wrong, in the order found, each a sentence; empty when all is well. At most about a thousand.</param>
public sealed record VerificationReport(long Entries, long Objects, long Claims, byte[] Head, IReadOnlyList<string> Faults);

/// <summary>
/// Proves that a journal agrees with itself: the chain of entries is whole, the published tree is over them, what lies beside them has
/// the hashes that stand in them, and the stored objects, claims and deadlines are what the entries add up to.
/// </summary>
/// <remarks>
/// May run while others write: what changed after the chain was walked is left to the next run. Holds the state of every object
/// and one small record for each claim: about 120 MB of heap for 25,000 license blocks with 1.2 million claims.
/// </remarks>
public sealed class Verification
{
    private readonly IJournal _journal;
    private readonly FaultList _faults = new();
    private readonly ChainWalk _chain;

    private Verification(IJournal journal)
    {
        _journal = journal;
        _chain = new ChainWalk(journal, _faults);
    }

    /// <summary>Verifies a journal.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<VerificationReport> Run(IJournal journal, CancellationToken cancellation = default) =>
        new Verification(journal).Run(cancellation);

    private async Task<VerificationReport> Run(CancellationToken cancellation)
    {
        await _chain.Walk(cancellation);
        // A chain that is broken a thousand times says nothing of what stands beside it.
        if (_faults.IsFull)
            return new VerificationReport(_chain.Entries, 0, 0, _chain.Head, _faults.Sentences);

        var suspects = new List<Suspect>();
        var objects = await CompareObjects(suspects, cancellation);
        var claims = await CompareClaims(suspects, cancellation);
        var law = await _journal.LawOfNextAppend();
        var changed = await ChangedSince(_chain.Last, cancellation);
        if (law != _chain.Law && !changed.Objects.Any(changing => changing.Collection == Collection.Law))
            _faults.Add($"The next decision would be held against edition {law ?? "none"} of the law; the entries have adopted {_chain.Law ?? "none"}.");
        foreach (var suspect in suspects.Where(suspect => !changed.Touches(suspect)))
            _faults.Add(suspect.Sentence);
        return new VerificationReport(_chain.Entries, objects, claims, _chain.Head, _faults.Sentences);
    }

    private async Task<long> CompareObjects(List<Suspect> suspects, CancellationToken cancellation)
    {
        var seen = new HashSet<StreamId>();
        foreach (var collection in Enum.GetValues<Collection>())
        {
            await foreach (var stored in _journal.LoadAll(collection).WithCancellation(cancellation))
            {
                seen.Add(stored.Stream);
                var sentence = _chain.Objects.TryGetValue(stored.Stream, out var folded)
                    ? folded.DifferenceFrom(stored)
                    : $"{stored.Stream} is stored but has no entries.";
                if (sentence is not null)
                    suspects.Add(new Suspect(stored.Stream, null, sentence));
            }
        }

        foreach (var (stream, folded) in _chain.Objects)
        {
            if (!seen.Contains(stream))
                suspects.Add(new Suspect(stream, null, $"{stream} has entries but is not stored."));
            else if (folded is FoldedObject<LicenseBlockState, LicenseBlockEvent> { State: { } state } && state.Status.IsInForce())
                await CompareDeadlines(stream, suspects);
        }

        return seen.Count;
    }

    private async Task CompareDeadlines(StreamId title, List<Suspect> suspects)
    {
        var deadlines = await _journal.DeadlinesOf(title);
        if (!deadlines.Any(deadline => deadline.Kind == DeadlineKind.Expire))
            suspects.Add(new Suspect(title, null, $"{title} is in force but has no deadline on which it expires."));
    }

    private async Task<long> CompareClaims(List<Suspect> suspects, CancellationToken cancellation)
    {
        var owed = OwedClaims();
        var count = 0L;
        await foreach (var (cell, claimant) in _journal.Claims().WithCancellation(cancellation))
        {
            count++;
            if (!owed.Remove(cell, out var owner))
                suspects.Add(new Suspect(claimant, cell, $"{claimant} claims cell {cell}, which is not its to claim."));
            else if (owner != claimant)
                suspects.Add(new Suspect(claimant, cell, $"Cell {cell} is claimed by {claimant}, but {owner} is first in line."));
        }

        foreach (var (cell, owner) in owed)
            suspects.Add(new Suspect(owner, cell, $"Cell {cell} of {owner} is claimed by nobody."));
        return count;
    }

    // Each cell belongs to the license block that was filed first of those that stand on it.
    private Dictionary<Cell, StreamId> OwedClaims()
    {
        var standing = _chain.Objects.Values.OfType<FoldedObject<LicenseBlockState, LicenseBlockEvent>>()
            .Where(folded => folded.State is { Claims.Count: > 0 })
            .OrderBy(folded => folded.First.Sequence)
            .ToList();
        var owed = new Dictionary<Cell, StreamId>(standing.Sum(folded => folded.State!.Claims.Count));
        foreach (var folded in standing)
        {
            foreach (var cell in folded.State!.Claims)
                owed.TryAdd(cell, folded.Stream);
        }

        return owed;
    }

    private async Task<Changes> ChangedSince(long sequence, CancellationToken cancellation)
    {
        var changes = new Changes([], []);
        await foreach (var entry in _journal.Read(sequence).WithCancellation(cancellation))
        {
            if (!changes.Objects.Add(entry.Stream) || entry.Stream.Collection != Collection.LicenseBlocks)
                continue;
            if (_chain.Objects.TryGetValue(entry.Stream, out var folded))
                changes.Cells.UnionWith(((FoldedObject<LicenseBlockState, LicenseBlockEvent>)folded).State?.Cells ?? CellSet.Empty);
            var now = new FoldedObject<LicenseBlockState, LicenseBlockEvent>(FoldedObject.LicenseBlocks);
            await foreach (var past in _journal.History(entry.Stream).WithCancellation(cancellation))
            {
                now.Apply(past);
                changes.Cells.UnionWith(now.State?.Cells ?? CellSet.Empty);
            }
        }

        return changes;
    }

    /// <summary>What is a fault unless it is the work of someone who wrote meanwhile.</summary>
    private sealed record Suspect(StreamId Stream, Cell? Cell, string Sentence);

    private sealed record Changes(HashSet<StreamId> Objects, HashSet<Cell> Cells)
    {
        public bool Touches(Suspect suspect) =>
            suspect.Cell is { } cell ? Cells.Contains(cell) : Objects.Contains(suspect.Stream);
    }
}

/// <summary>Sentences about what is wrong, up to a bound.</summary>
internal sealed class FaultList
{
    private const int Most = 1_000;

    private readonly List<string> _sentences = [];

    /// <summary>Whether there are so many that looking further is of no use.</summary>
    public bool IsFull => _sentences.Count > Most;

    /// <summary>The sentences, in the order found.</summary>
    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Adds a sentence, or after the last that fits, that there are more.</summary>
    public void Add(string sentence)
    {
        if (_sentences.Count < Most)
            _sentences.Add(sentence);
        else if (_sentences.Count == Most)
            _sentences.Add(string.Create(CultureInfo.InvariantCulture, $"There are more than {Most} faults; the others are left out."));
    }
}
