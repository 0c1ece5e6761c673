using System.Globalization;
using System.Text;
using Registry.Log.Notes;
using Registry.Log.Tree;

namespace Registry.Log.Witnesses;

/// <summary>What a log asks of a witness (c2sp.org/tlog-witness, add-checkpoint).</summary>
/// <param name="OldSize">The entries of the tree that the log thinks the witness saw last.</param>
/// <param name="Proof">That the checkpoint's tree begins with them.</param>
/// <param name="Checkpoint">What is to be cosigned.</param>
public sealed record AddCheckpoint(long OldSize, IReadOnlyList<TreeHash> Proof, SignedCheckpoint Checkpoint)
{
    /// <summary>Where it is posted, below the witness's prefix.</summary>
    public const string Path = "add-checkpoint";

    /// <summary>The media type of the size in the answer 409.</summary>
    public const string SizeMediaType = "text/x.tlog.size";

    /// <summary>The most bytes of a request that are read.</summary>
    public const int MostBytes = SignedNote.MostBytes + 4096;

    private const string OldWord = "old ";

    /// <summary>Reads a request.</summary>
    /// <exception cref="FormatException">The bytes are none, or exceed a bound.</exception>
    public static AddCheckpoint Parse(ReadOnlySpan<byte> bytes)
    {
        var text = StrictText.Decode(bytes, MostBytes, "the request");
        var blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !text.StartsWith(OldWord, StringComparison.Ordinal))
            throw new FormatException("A request begins with the line 'old' and has an empty line before its checkpoint.");
        var lines = text.Remove(blank).Split('\n', MerkleProof.MostHashes + 2);
        if (lines.Length > MerkleProof.MostHashes + 1)
            throw new FormatException($"The request has more than {MerkleProof.MostHashes} hashes.");
        if (!StrictText.TryDecimal(lines[0].AsSpan(OldWord.Length), out var oldSize))
            throw new FormatException("The line 'old' has no size.");
        var proof = new TreeHash[lines.Length - 1];
        for (var i = 0; i < proof.Length; i++)
        {
            if (!TreeHash.TryParse(lines[i + 1], out proof[i]))
                throw new FormatException($"The request's hash {i + 1} of {proof.Length} is none.");
        }

        return new AddCheckpoint(oldSize, proof, SignedCheckpoint.Parse(Encoding.UTF8.GetBytes(text[(blank + 2)..])));
    }

    /// <summary>The request's body.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(OldWord).Append(OldSize.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Proof)
            text.Append(hash).Append('\n');
        return Encoding.UTF8.GetBytes(text.Append('\n').Append(Checkpoint.Note).ToString());
    }
}
