using System.Globalization;
using System.Text;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Tree;

namespace Registry.Log.Receipts;

/// <summary>
/// The proof, to be kept and checked without any network, that an entry is in a log at its place (c2sp.org/tlog-proof). A registry's receipts
/// carry the entry itself as the extra data, so that the receipt alone says what was filed.
/// </summary>
/// <param name="Extra">The entry's bytes; null where the reader has them from elsewhere.</param>
/// <param name="Index">The entry's place in the log, from 0 on.</param>
/// <param name="Path">The inclusion proof, the leaf's sibling first.</param>
/// <param name="Checkpoint">The signed checkpoint of a tree that has the entry.</param>
public sealed record TlogProof(ReadOnlyMemory<byte>? Extra, long Index, IReadOnlyList<TreeHash> Path, SignedCheckpoint Checkpoint)
{
    /// <summary>The media type of a proof.</summary>
    public const string MediaType = "text/plain; charset=utf-8";

    /// <summary>The most bytes of a proof that are read: the longest entry in base64, the hashes, and a note.</summary>
    public const int MostBytes = 256 * 1024;

    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraWord = "extra ";
    private const string IndexWord = "index ";

    /// <summary>Makes the proof of an entry.</summary>
    /// <param name="entry">The entry's bytes.</param>
    /// <param name="index">Its place.</param>
    /// <param name="tree">Reads the tree of the checkpoint's size.</param>
    /// <param name="checkpoint">A signed checkpoint of at least <paramref name="index"/> + 1 entries.</param>
    /// <param name="cancellation">Ends the reading of tiles.</param>
    /// <exception cref="TileMissingException">A tile cannot be had.</exception>
    public static async ValueTask<TlogProof> Make(
        ReadOnlyMemory<byte> entry, long index, TreeReader tree, SignedCheckpoint checkpoint, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tree.Size, checkpoint.Size);
        return new TlogProof(entry, index, await MerkleProof.Inclusion(tree, index, cancellation), checkpoint);
    }

    /// <summary>Reads a proof.</summary>
    /// <exception cref="FormatException">The bytes are none, or exceed a bound; the message says where.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> bytes)
    {
        var text = StrictText.Decode(bytes, MostBytes, "the proof");
        var blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = blank < 0 ? [] : text.Remove(blank).Split('\n');
        if (lines.Length == 0 || lines[0] != Header)
            throw new FormatException($"A proof begins with the line {Header} and has an empty line before its checkpoint; this is none.");
        var at = 1;
        ReadOnlyMemory<byte>? extra = null;
        if (lines.Length > at && lines[at].StartsWith(ExtraWord, StringComparison.Ordinal))
        {
            if (!StrictText.TryBase64(lines[at].AsSpan(ExtraWord.Length), out var read))
                throw new FormatException("The proof's line 'extra' has no base64.");
            (extra, at) = (read, at + 1);
        }

        if (lines.Length <= at || !lines[at].StartsWith(IndexWord, StringComparison.Ordinal)
            || !StrictText.TryDecimal(lines[at].AsSpan(IndexWord.Length), out var index))
            throw new FormatException("The proof has no line 'index' with the number of the entry.");
        var path = lines.AsSpan(at + 1);
        if (path.Length > MerkleProof.MostHashes)
            throw new FormatException($"The proof has {path.Length} hashes; no tree needs more than {MerkleProof.MostHashes}.");
        var hashes = new TreeHash[path.Length];
        for (var i = 0; i < path.Length; i++)
        {
            if (!TreeHash.TryParse(path[i], out hashes[i]))
                throw new FormatException($"The proof's hash {i + 1} of {path.Length} is none: {StrictText.Quote(path[i])}.");
        }

        return new TlogProof(extra, index, hashes, SignedCheckpoint.Parse(Encoding.UTF8.GetBytes(text[(blank + 2)..])));
    }

    /// <summary>The proof as <see cref="Parse"/> reads it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is { } extra)
            text.Append(ExtraWord).Append(Convert.ToBase64String(extra.Span)).Append('\n');
        text.Append(IndexWord).Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Path)
            text.Append(hash).Append('\n');
        return text.Append('\n').Append(Checkpoint.Note).ToString();
    }

    /// <summary>The proof in UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>Checks everything: that the log signed the checkpoint, that enough witnesses saw it, and that the entry is in its tree.</summary>
    /// <param name="entry">The entry's bytes.</param>
    /// <param name="policy">Whom the reader trusts.</param>
    /// <param name="now">The reader's time.</param>
    /// <exception cref="NotProvenException">Something of it does not hold.</exception>
    public Judgement Verify(ReadOnlySpan<byte> entry, TrustPolicy policy, DateTimeOffset now)
    {
        var judgement = policy.Judge(Checkpoint, now);
        if (Index >= Checkpoint.Size)
        {
            throw new NotProvenException(string.Create(CultureInfo.InvariantCulture,
                $"The proof is of entry {Index}, but its checkpoint has only the {Checkpoint.Size} entries before it."));
        }

        return MerkleProof.IsIncluded(TreeHash.OfLeaf(entry), Index, Checkpoint.Size, Checkpoint.Root, [.. Path])
            ? judgement
            : throw new NotProvenException("The entry is not in the checkpoint's tree at this place: the entry, its number or a hash of the proof was changed.");
    }
}
