using System.Globalization;
using System.Runtime.CompilerServices;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Log.Copies;

/// <summary>The entries that a static copy of a log has and the log's journal has lost.</summary>
/// <param name="copy">The copy.</param>
/// <param name="policy">Whose signatures are asked for.</param>
/// <param name="clock">The reader's time.</param>
public sealed class LostEntries(LogCopy copy, TrustPolicy policy, TimeProvider clock)
{
    /// <summary>
    /// Proves that the journal's entries and those that the copy has behind them are together the log that was signed, and that none is missing.
    /// </summary>
    /// <remarks>
    /// The journal's tree, to which the copy's entries are appended, has the root that was signed: so the journal's own entries are the first
    /// of the log, and the copy's are the rest.
    /// </remarks>
    /// <param name="journal">The tree over what the journal has.</param>
    /// <param name="last">The last checkpoint of the log's signer.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The checkpoint that is reached by appending them: the copy's.</returns>
    /// <exception cref="NotProvenException">
    /// The copy is not signed, its end is before that of the log, or the journal or the signer's checkpoint does not agree with it.
    /// </exception>
    /// <exception cref="TileMissingException">The copy lacks a bundle.</exception>
    /// <exception cref="FormatException">The copy is damaged.</exception>
    public async Task<SignedCheckpoint> Prove(TreeFrontier journal, SignedCheckpoint last, CancellationToken cancellation = default)
    {
        var end = copy.Checkpoint() ?? throw new NotProvenException("The copy has no checkpoint.");
        policy.Judge(end, clock.GetUtcNow());
        last.SignerAmong([.. policy.Logs.Select(log => log.Key)]);
        if (end.Origin != last.Origin)
            throw new NotProvenException($"The copy is of the log {end.Origin}, and the signer's state of {last.Origin}.");
        if (Math.Max(last.Size, journal.Size) > end.Size)
        {
            throw new NotProvenException(string.Create(CultureInfo.InvariantCulture, $"The copy ends after {end.Size} entries; the log has signed {last.Size}, and the journal has {journal.Size}. "
                + $"Look for a newer copy. Where nobody has one that reaches {last.Size}, the log has ended: see 'registry log close'."));
        }

        var (tree, isLast) = (journal, last.Size < journal.Size ? await IsBeginning(last, end, cancellation) : last.Size == journal.Size && last.Root == journal.Root);
        await foreach (var entry in After(journal.Size, end, cancellation))
        {
            tree = tree.Append(TreeHash.OfLeaf(entry.Span));
            isLast |= tree.Size == last.Size && tree.Root == last.Root;
        }

        if (tree.Root != end.Root)
        {
            throw new NotProvenException(string.Create(CultureInfo.InvariantCulture, $"The journal's {journal.Size} entries and the copy's behind them have the root {tree.Root}; "
                + $"the log has signed {end.Root} for {end.Size}. The journal was written to since the loss, or one of the two was changed."));
        }

        return isLast ? end : throw new NotProvenException(string.Create(CultureInfo.InvariantCulture,
            $"The last checkpoint of the signer, {last.Size} entries with the root {last.Root}, is of another history than the copy: the log was forked."));
    }

    /// <summary>The entries behind a place, in their order.</summary>
    /// <param name="size">How many the journal has.</param>
    /// <param name="end">What <see cref="Prove"/> gave.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="TileMissingException">The copy lacks a bundle.</exception>
    /// <exception cref="FormatException">A bundle is damaged.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> After(long size, SignedCheckpoint end, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var first = size - size % TileCoordinates.FullWidth; first < end.Size; first += TileCoordinates.FullWidth)
        {
            var bundle = TileCoordinates.Bundle(first, end.Size);
            if (await copy.Read(bundle, cancellation) is not { } bytes)
                throw new TileMissingException($"The copy has no bundle {bundle} of entries.");
            foreach (var entry in EntryBundle.Read(bytes, bundle.Width).Skip((int)Math.Max(0, size - first)))
                yield return entry;
        }
    }

    private async Task<bool> IsBeginning(SignedCheckpoint earlier, SignedCheckpoint end, CancellationToken cancellation) => earlier.Size == 0 || MerkleProof.IsConsistent(
        earlier.Size, earlier.Root, end.Size, end.Root, await MerkleProof.Consistency(new TreeReader(copy, end.Size), earlier.Size, cancellation));
}
