using Registry.Log.Tree;

namespace Registry.Log.Notes;

/// <summary>A checkpoint with its signatures. Nothing is verified by reading it.</summary>
public sealed record SignedCheckpoint
{
    /// <summary>How far ahead of the reader's clock the time of a cosignature may be.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    private SignedCheckpoint(Checkpoint checkpoint, SignedNote note) => (Checkpoint, Note) = (checkpoint, note);

    /// <summary>What was signed.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The note as it came.</summary>
    public SignedNote Note { get; }

    /// <summary>The log's name.</summary>
    public string Origin => Checkpoint.Origin;

    /// <summary>How many entries the tree has.</summary>
    public long Size => Checkpoint.Size;

    /// <summary>The root over them.</summary>
    public TreeHash Root => Checkpoint.Root;

    /// <summary>Signs a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="keys">The log's keys, one and during a rotation two.</param>
    /// <param name="now">The time that signatures of the kinds of cosignatures say.</param>
    internal static SignedCheckpoint Sign(Checkpoint checkpoint, IEnumerable<SigningKey> keys, DateTimeOffset now)
    {
        var text = checkpoint.ToText();
        return new SignedCheckpoint(checkpoint, new SignedNote(text, [.. keys.Select(key => key.Sign(text, now))]));
    }

    /// <summary>Reads a signed checkpoint.</summary>
    /// <exception cref="FormatException">The bytes are none, or exceed a bound.</exception>
    public static SignedCheckpoint Parse(ReadOnlySpan<byte> bytes)
    {
        var note = SignedNote.Parse(bytes);
        return Checkpoint.TryParse(note.Text, out var checkpoint)
            ? new SignedCheckpoint(checkpoint, note)
            : throw new FormatException("The note is no checkpoint: its lines are not an origin, a size and a root.");
    }

    /// <summary>The checkpoint with further signatures.</summary>
    internal SignedCheckpoint With(IEnumerable<NoteSignature> signatures) => new(Checkpoint, Note.With(signatures));

    /// <summary>The checkpoint with some of its signatures.</summary>
    internal SignedCheckpoint OfSigners(Func<NoteSignature, bool> isKept) => new(Checkpoint, Note with { Signatures = [.. Note.Signatures.Where(isKept)] });

    /// <summary>The key among a log's keys that signed the checkpoint.</summary>
    /// <param name="keys">The keys that are trusted, of one log or several; the name of each is the origin of its log.</param>
    /// <exception cref="NotProvenException">It is of another log, or none of its keys signed it, or a signature of one is not genuine.</exception>
    public VerifierKey SignerAmong(IReadOnlyCollection<VerifierKey> keys)
    {
        var ofOrigin = keys.Where(key => key.Name == Origin).ToArray();
        if (ofOrigin.Length == 0)
        {
            throw new NotProvenException($"The checkpoint is of another log: its origin is {StrictText.Quote(Origin)}, not "
                + $"{string.Join(" or ", keys.Select(key => key.Name).Distinct())}.");
        }

        return Genuine(ofOrigin).Select(found => found.Key).FirstOrDefault()
            ?? throw new NotProvenException($"The checkpoint bears no signature of the log's key {string.Join(" or ", (object[])ofOrigin)}.");
    }

    /// <summary>The cosignatures by known witnesses.</summary>
    /// <param name="witnesses">The witnesses' keys.</param>
    /// <param name="now">The reader's time.</param>
    /// <exception cref="NotProvenException">One of them is not genuine, or of the future.</exception>
    public IReadOnlyList<Cosignature> CosignaturesBy(IEnumerable<VerifierKey> witnesses, DateTimeOffset now)
    {
        var found = Genuine(witnesses);
        var early = found.Find(cosignature => cosignature.At > now + ClockTolerance);
        if (early is not null)
            throw new NotProvenException($"The cosignature of {early.Key.Name} is of the future, {early.At:u}; here it is {now:u}.");
        return found;
    }

    private List<Cosignature> Genuine(IEnumerable<VerifierKey> keys)
    {
        var found = new List<Cosignature>();
        foreach (var key in keys)
        {
            foreach (var signature in Note.Signatures.Where(key.IsClaimedBy))
            {
                if (!key.Verifies(Note.Text, signature, out var at))
                    throw new NotProvenException($"The checkpoint's signature of {key.Name} is not genuine: its text, the signature or the key was changed.");
                found.Add(new Cosignature(key, at));
            }
        }

        return found;
    }
}

/// <summary>A signature that was verified.</summary>
/// <param name="Key">The key that made it.</param>
/// <param name="At">When, as it says itself; null for a log's own signature of the plain kind.</param>
public sealed record Cosignature(VerifierKey Key, DateTimeOffset? At);
