namespace Registry.Log.Notes;

/// <summary>The kinds of signatures of a note, by the byte that c2sp.org/signed-note assigns to each.</summary>
public enum SignatureKind : byte
{
    /// <summary>A log's Ed25519 signature of the note's text.</summary>
    Ed25519 = 1,

    /// <summary>An Ed25519 cosignature of a checkpoint, with its time (c2sp.org/tlog-cosignature).</summary>
    Ed25519Cosignature = 4,

    /// <summary>An ML-DSA-44 (FIPS 204) cosignature of a checkpoint, with its time (c2sp.org/tlog-cosignature).</summary>
    MlDsa44Cosignature = 6,
}
