using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using Registry.Log.Tiles;

namespace Registry.Log.Tree;

/// <summary>
/// What of a Merkle tree (RFC 9162, section 2.1) is needed to append to it and to know its root: the size, and the roots of the full subtrees
/// that the size's binary digits name, the largest first. Immutable, 2,024 bytes at most.
/// </summary>
public sealed class TreeFrontier
{
    /// <summary>The most bytes that <see cref="ToBytes"/> gives.</summary>
    public const int MostBytes = SizeBytes + MostSubtrees * TreeHash.Length;

    private const int SizeBytes = 8;
    private const int MostSubtrees = 63;

    private readonly ImmutableArray<TreeHash> _subtrees;

    private TreeFrontier(long size, ImmutableArray<TreeHash> subtrees)
    {
        Size = size;
        _subtrees = subtrees;
    }

    /// <summary>The tree without entries.</summary>
    public static TreeFrontier Empty { get; } = new(0, []);

    /// <summary>How many entries the tree has.</summary>
    public long Size { get; }

    /// <summary>The root over all of them. Computed when it is asked for: an append does not need it.</summary>
    public TreeHash Root => RootOf(_subtrees.AsSpan());

    /// <summary>The tree with one entry more.</summary>
    /// <param name="leaf">The entry's leaf hash.</param>
    /// <param name="completed">Gets what <see cref="Append(ReadOnlySpan{TreeHash}, ICollection{TileHash})"/> says.</param>
    public TreeFrontier Append(TreeHash leaf, ICollection<TileHash>? completed = null) => Append([leaf], completed);

    /// <summary>The tree with entries appended in their order.</summary>
    /// <param name="leaves">The entries' leaf hashes.</param>
    /// <param name="completed">
    /// Gets the hashes of tiles of level 1 and above that are final now, each level in ascending order: one for each 256 entries, one more for
    /// each 65,536, and so on. Who keeps tiles appends each to the tile that it names. Tiles of level 0 are the entries' own hashes.
    /// </param>
    /// <exception cref="OverflowException">The tree would have more than 2^63 - 1 entries.</exception>
    public TreeFrontier Append(ReadOnlySpan<TreeHash> leaves, ICollection<TileHash>? completed = null)
    {
        if (leaves.IsEmpty)
            return this;
        Span<TreeHash> stack = stackalloc TreeHash[MostSubtrees + 1];
        _subtrees.CopyTo(stack);
        var depth = _subtrees.Length;
        var size = Size;
        foreach (var leaf in leaves)
        {
            stack[depth++] = leaf;
            size = checked(size + 1);
            // Each zero at the end of the new size's binary digits is one pair of equal subtrees that became one.
            for (var height = 1; height <= BitOperations.TrailingZeroCount(size); height++)
            {
                depth--;
                stack[depth - 1] = TreeHash.OfNode(stack[depth - 1], stack[depth]);
                if (height % TileCoordinates.Height == 0)
                    completed?.Add(new TileHash(height / TileCoordinates.Height, (size >> height) - 1, stack[depth - 1]));
            }
        }

        return new TreeFrontier(size, [.. stack[..depth]]);
    }

    /// <summary>The size, big-endian in 8 bytes, then the hashes of the full subtrees, the largest first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[SizeBytes + _subtrees.Length * TreeHash.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        for (var i = 0; i < _subtrees.Length; i++)
            _subtrees[i].CopyTo(bytes.AsSpan(SizeBytes + i * TreeHash.Length));
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="FormatException">The bytes are not those of a frontier.</exception>
    public static TreeFrontier FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < SizeBytes or > MostBytes)
            throw new FormatException($"A frontier has {SizeBytes} to {MostBytes} bytes, not {bytes.Length}.");
        var size = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var hashes = bytes[SizeBytes..];
        if (size < 0 || hashes.Length != BitOperations.PopCount((ulong)size) * TreeHash.Length)
            throw new FormatException($"The frontier of a tree of {size} entries does not have {bytes.Length} bytes.");
        var subtrees = ImmutableArray.CreateBuilder<TreeHash>(hashes.Length / TreeHash.Length);
        for (var at = 0; at < hashes.Length; at += TreeHash.Length)
            subtrees.Add(new TreeHash(hashes.Slice(at, TreeHash.Length)));
        return new TreeFrontier(size, subtrees.MoveToImmutable());
    }

    /// <summary>The frontier with these roots of full subtrees, the largest first.</summary>
    internal static TreeFrontier Of(long size, IEnumerable<TreeHash> subtrees) => new(size, [.. subtrees]);

    private static TreeHash RootOf(ReadOnlySpan<TreeHash> subtrees)
    {
        if (subtrees.IsEmpty)
            return TreeHash.OfEmptyTree;
        var root = subtrees[^1];
        for (var i = subtrees.Length - 2; i >= 0; i--)
            root = TreeHash.OfNode(subtrees[i], root);
        return root;
    }
}
