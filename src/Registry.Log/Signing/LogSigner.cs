using System.Globalization;
using Registry.Log.Notes;
using Registry.Log.Tiles;
using Registry.Log.Tree;
using Registry.Log.Witnesses;

namespace Registry.Log.Signing;

/// <summary>
/// Signs the checkpoints of a log, one at a time, and only those that agree with every one before: it keeps the last one on the disk before
/// anybody gets it, and asks the tiles for the proof from there. Safe for concurrent use.
/// </summary>
/// <param name="tiles">The log's tiles. What a call of <see cref="Sign"/> names has to be in them.</param>
/// <param name="state">The last checkpoint. The signer owns it.</param>
/// <param name="keys">The log's keys: one, and two while one takes the other's place. The name of each is the origin.</param>
/// <param name="witnesses">The witnesses that are asked. With the keys they are not more than a note has signatures, 32.</param>
/// <param name="clock">The time that cosignatures say.</param>
/// <param name="retired">Keys that the log had; they sign no more, and what they signed counts.</param>
public sealed class LogSigner(
    ITileSource tiles, SignerState state, IReadOnlyList<SigningKey> keys, IReadOnlyList<WitnessClient> witnesses, TimeProvider clock,
    IReadOnlyList<VerifierKey>? retired = null) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _round = new(1);

    /// <summary>The last checkpoint that was signed, with the cosignatures that it has by now.</summary>
    public SignedCheckpoint Latest => state.Last;

    /// <summary>Why the last attempt to sign or to begin was refused; null when it was not. It belongs into the health of the process.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What each witness answered last.</summary>
    public IReadOnlyList<WitnessReport> Witnesses => [.. witnesses.Select(witness => witness.Report)];

    /// <summary>
    /// Asks every witness at the start what it saw last, and looks at the checkpoint that was kept for readers. More than this signer remembers
    /// means that its state, and perhaps the journal, is an older copy. Witnesses that do not answer are not waited for beyond their limit of time.
    /// </summary>
    /// <param name="kept">The newest checkpoint of the log that is kept elsewhere; null where there is none. One that is not genuine is as none.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="SigningRefusedException">A greater tree was signed, or another one of this size.</exception>
    public async Task Begin(SignedCheckpoint? kept = null, CancellationToken cancellation = default)
    {
        if (kept is not null && IsOwn(kept) && (kept.Size > Latest.Size || (kept.Size == Latest.Size && kept.Root != Latest.Root)))
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"This log has signed {kept.Size} entries, as the checkpoint that is kept for its readers shows, and the signer "
                + $"remembers {Latest.Size}, or others: its state is an older copy, or another's. Put the newest checkpoint in the place of the state."));
        }

        long?[] seen;
        await _round.WaitAsync(cancellation);
        try
        {
            seen = await Task.WhenAll(witnesses.Select(witness => witness.LastSeen(Latest, cancellation)));
        }
        finally
        {
            _round.Release();
        }

        for (var i = 0; i < seen.Length; i++)
        {
            if (seen[i] > Latest.Size)
            {
                throw Refused($"The witness {witnesses[i].Name} has seen this log with {seen[i]} entries, and the signer remembers only {Latest.Size}: "
                    + "its state, and perhaps the journal, is an older copy. Put the newest checkpoint in the place of the state.");
            }
        }
    }

    /// <summary>Signs that the log has a size and a root, or gives the checkpoint that says so already.</summary>
    /// <param name="size">The entries of the tree, all of them durable in the journal.</param>
    /// <param name="root">The root over them.</param>
    /// <param name="cancellation">Ends the reading of tiles. What was signed stays signed.</param>
    /// <exception cref="SigningRefusedException">It does not agree with what was signed before; nothing was signed.</exception>
    /// <exception cref="IOException">The tiles or the state cannot be reached; nothing was signed.</exception>
    public async Task<SignedCheckpoint> Sign(long size, TreeHash root, CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var last = state.Last;
            if (size == last.Size && root == last.Root)
            {
                Refusal = null;
                return last;
            }

            await RefuseUnlessConsistent(last, size, root, cancellation);
            var signed = SignedCheckpoint.Sign(new Checkpoint(last.Origin, size, root), keys, clock.GetUtcNow());
            state.Save(signed);
            Refusal = null;
            return signed;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Asks every witness at once that has not cosigned the latest checkpoint, and keeps each cosignature as it comes, while that is the latest. Call
    /// it every few seconds, and not for each checkpoint. A witness that is silent or refuses is in <see cref="Witnesses"/>; it stops nobody.
    /// </summary>
    /// <returns>The checkpoint that the witnesses were asked about, with the cosignatures that it has.</returns>
    /// <exception cref="IOException">The tiles or the state cannot be reached.</exception>
    /// <exception cref="SigningRefusedException">The tiles of what was signed are missing: the journal is not the one that it was.</exception>
    public async Task<SignedCheckpoint> Cosign(CancellationToken cancellation = default)
    {
        await _round.WaitAsync(cancellation);
        try
        {
            var asked = Latest;
            var answers = await Task.WhenAll(witnesses.Where(witness => !witness.HasCosigned(asked)).Select(witness => Cosign(witness, asked, cancellation)));
            var latest = Latest;
            return latest.Size == asked.Size ? latest : asked.With([.. answers.SelectMany(answer => answer)]);
        }
        catch (TileMissingException missing)
        {
            throw Refused($"What the log has signed cannot be proven to its witnesses: {missing.Message}", missing);
        }
        finally
        {
            _round.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _turn.Dispose();
        _round.Dispose();
        state.Dispose();
    }

    private bool IsOwn(SignedCheckpoint checkpoint)
    {
        try
        {
            checkpoint.SignerAmong([.. keys.Select(key => key.Verifier), .. retired ?? []]);
            return true;
        }
        catch (NotProvenException)
        {
            return false;
        }
    }

    private async Task<NoteSignature[]> Cosign(WitnessClient witness, SignedCheckpoint asked, CancellationToken cancellation)
    {
        var cosignatures = await witness.Cosign(asked, tiles, cancellation);
        if (cosignatures.Length == 0)
            return cosignatures;
        await _turn.WaitAsync(cancellation);
        try
        {
            // The log may have gone on meanwhile; the state never goes back.
            if (state.Last.Size == asked.Size)
                state.Save(state.Last.With(cosignatures));
        }
        finally
        {
            _turn.Release();
        }

        return cosignatures;
    }

    private async Task RefuseUnlessConsistent(SignedCheckpoint last, long size, TreeHash root, CancellationToken cancellation)
    {
        if (size < last.Size)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"The journal has {size} entries, but the log has signed {last.Size}: the journal is an older copy, "
                + $"and {last.Size - size} entries that were acknowledged are missing."));
        }

        if (size == last.Size)
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"The log has signed another root for {size} entries: an entry was changed, or two journals write under one origin."));
        try
        {
            var tree = new TreeReader(tiles, size);
            var isConsistent = last.Size == 0
                ? await tree.Hash(0, size, cancellation) == root
                : MerkleProof.IsConsistent(last.Size, last.Root, size, root, await MerkleProof.Consistency(tree, last.Size, cancellation));
            if (!isConsistent)
            {
                throw Refused(string.Create(CultureInfo.InvariantCulture, $"The tree of {size} entries does not begin with the {last.Size} entries that the log has signed: "
                    + $"an entry or a tile was changed, or two journals write under one origin."));
            }
        }
        catch (TileMissingException missing)
        {
            throw Refused($"The tree of {size} entries cannot be proven: {missing.Message}", missing);
        }
    }

    private SigningRefusedException Refused(string why, Exception? cause = null)
    {
        Refusal = why;
        return new SigningRefusedException(why, cause);
    }
}
