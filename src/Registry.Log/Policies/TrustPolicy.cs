using Registry.Log.Notes;

namespace Registry.Log.Policies;

/// <summary>Whom a reader trusts: the logs, the witnesses, and how many of them have to have seen a checkpoint (c2sp.org/tlog-policy).</summary>
public sealed class TrustPolicy
{
    private readonly Quorum _quorum;

    internal TrustPolicy(IReadOnlyList<KnownLog> logs, IReadOnlyList<KnownWitness> witnesses, Quorum quorum) =>
        (Logs, Witnesses, _quorum) = (logs, witnesses, quorum);

    /// <summary>The logs. None where they are known from elsewhere.</summary>
    public IReadOnlyList<KnownLog> Logs { get; }

    /// <summary>The witnesses.</summary>
    public IReadOnlyList<KnownWitness> Witnesses { get; }

    /// <summary>Trusts the holders of these keys alone and asks for no witness.</summary>
    public static TrustPolicy OfLogs(IEnumerable<VerifierKey> keys) =>
        new([.. keys.Select(key => new KnownLog(key, null))], [], Quorum.None);

    /// <summary>Reads a policy.</summary>
    /// <exception cref="FormatException">It is none; the message names the line.</exception>
    public static TrustPolicy Parse(ReadOnlySpan<byte> bytes) => new PolicyReader().Read(bytes);

    /// <summary>Checks a checkpoint: its signature, and that enough witnesses saw it.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="now">The reader's time.</param>
    /// <exception cref="NotProvenException">It is of another log, a signature is missing or not genuine, or too few witnesses saw it.</exception>
    public Judgement Judge(SignedCheckpoint checkpoint, DateTimeOffset now)
    {
        var signer = checkpoint.SignerAmong([.. Logs.Select(log => log.Key)]);
        var cosigned = checkpoint.CosignaturesBy(Witnesses.Select(witness => witness.Key), now);
        var seen = Witnesses.Where(witness => cosigned.Any(cosignature => cosignature.Key == witness.Key)).Select(witness => witness.Name);
        var judgement = new Judgement(signer, cosigned, !_quorum.IsNone);
        if (!_quorum.IsMet(seen.ToHashSet(StringComparer.Ordinal)))
        {
            throw new NotProvenException($"Too few witnesses saw the checkpoint: {judgement.CosignersInWords}. The policy asks for {_quorum}. "
                + "A receipt that was asked for again some seconds later may have more.");
        }

        return judgement;
    }
}

/// <summary>A log that a policy trusts.</summary>
/// <param name="Key">Its key; the name is the origin.</param>
/// <param name="Url">Where it is; null where the policy does not say.</param>
public sealed record KnownLog(VerifierKey Key, Uri? Url);

/// <summary>A witness that a policy knows.</summary>
/// <param name="Name">Its name within the policy.</param>
/// <param name="Key">Its key.</param>
/// <param name="Url">The prefix of its addresses; null where the policy does not say.</param>
public sealed record KnownWitness(string Name, VerifierKey Key, Uri? Url);

/// <summary>What a policy found about a checkpoint that it accepts.</summary>
/// <param name="Signer">The log's key.</param>
/// <param name="Cosigners">The witnesses that saw it.</param>
/// <param name="IsWitnessed">Whether the policy asks for witnesses, so that enough of them saw it.</param>
public sealed record Judgement(VerifierKey Signer, IReadOnlyList<Cosignature> Cosigners, bool IsWitnessed)
{
    /// <summary>Who saw it and when: <c>w1.example at 2026-11-28 09:00:00Z</c>; or <c>none</c>.</summary>
    public string CosignersInWords => Cosigners.Count == 0
        ? "none"
        : string.Join(", ", Cosigners.Select(cosigner => $"{cosigner.Key.Name} at {cosigner.At:u}"));
}
