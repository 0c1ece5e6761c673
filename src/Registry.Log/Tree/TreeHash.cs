using System.Buffers;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Registry.Log.Tree;

/// <summary>A hash of the Merkle tree: 32 bytes of SHA-256 as RFC 9162, section 2.1.1 computes them.</summary>
public readonly struct TreeHash : IEquatable<TreeHash>
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    private const int Base64Length = 44;
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    // Longer entries are rare; their buffer is rented.
    private const int MostOnStack = 1024;

    private readonly Vector256<byte> _bytes;

    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        _bytes = Vector256.Create(bytes);
    }

    /// <summary>The root of the tree without entries: SHA-256 of no bytes.</summary>
    public static TreeHash OfEmptyTree { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of a leaf: SHA-256(0x00 || entry).</summary>
    /// <param name="entry">The entry's bytes as they are stored and served.</param>
    public static TreeHash OfLeaf(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        var rented = length > MostOnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> leaf = rented ?? stackalloc byte[MostOnStack];
        leaf = leaf[..length];
        leaf[0] = LeafPrefix;
        entry.CopyTo(leaf[1..]);
        var hash = Of(leaf);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash of an inner node: SHA-256(0x01 || left || right).</summary>
    public static TreeHash OfNode(in TreeHash left, in TreeHash right)
    {
        Span<byte> node = stackalloc byte[1 + 2 * Length];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Length)..]);
        return Of(node);
    }

    /// <summary>Reads standard base64: 44 characters with the last one "=", and no other spelling of the same bytes.</summary>
    public static bool TryParse(ReadOnlySpan<char> base64, out TreeHash hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (base64.Length != Base64Length || !Convert.TryFromBase64Chars(base64, bytes, out var written) || written != Length)
            return false;
        var read = new TreeHash(bytes);
        // Base64 of 32 bytes has two spare bits: only the spelling with zeros there is the hash's own.
        if (!base64.SequenceEqual(read.ToString()))
            return false;
        hash = read;
        return true;
    }

    /// <summary>Writes the 32 bytes to the beginning of <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target) => _bytes.CopyTo(target);

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Standard base64, 44 characters, as checkpoints and proofs write it.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());

    /// <inheritdoc/>
    public bool Equals(TreeHash other) => _bytes == other._bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TreeHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.AsInt32()[0];

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(TreeHash left, TreeHash right) => left.Equals(right);

    /// <summary>Whether they differ in a byte.</summary>
    public static bool operator !=(TreeHash left, TreeHash right) => !left.Equals(right);

    private static TreeHash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(bytes, hash);
        return new TreeHash(hash);
    }
}
