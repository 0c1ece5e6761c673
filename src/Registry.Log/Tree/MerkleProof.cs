namespace Registry.Log.Tree;

/// <summary>Proofs that an entry is in a tree, and that a tree is the beginning of another (RFC 9162, sections 2.1.3 and 2.1.4).</summary>
public static class MerkleProof
{
    /// <summary>The most hashes that a proof can have: trees have at most 2^63 - 1 entries.</summary>
    public const int MostHashes = 63;

    /// <summary>Makes the proof that an entry is in a tree.</summary>
    /// <param name="tree">Reads the tree.</param>
    /// <param name="index">The entry's place, from 0 on.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The hashes beside the way from the leaf to the root, the leaf's sibling first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such entry.</exception>
    /// <exception cref="TileMissingException">A tile cannot be had.</exception>
    public static async ValueTask<TreeHash[]> Inclusion(TreeReader tree, long index, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, tree.Size);
        var proof = new List<TreeHash>();
        var (start, end) = (0L, tree.Size);
        while (end - start > 1)
        {
            var middle = start + TreeReader.LargestPowerBelow(end - start);
            proof.Add(index < middle ? await tree.Hash(middle, end, cancellation) : await tree.Hash(start, middle, cancellation));
            (start, end) = index < middle ? (start, middle) : (middle, end);
        }

        proof.Reverse();
        return [.. proof];
    }

    /// <summary>Makes the proof that a tree begins with the entries of an earlier size.</summary>
    /// <param name="tree">Reads the tree.</param>
    /// <param name="earlier">The earlier size. For 0, and for the tree's own size, the proof has no hashes.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The earlier size is greater than the tree.</exception>
    /// <exception cref="TileMissingException">A tile cannot be had.</exception>
    public static async ValueTask<TreeHash[]> Consistency(TreeReader tree, long earlier, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlier);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, tree.Size);
        if (earlier == 0 || earlier == tree.Size)
            return [];
        var proof = new List<TreeHash>();
        var (start, end) = (0L, tree.Size);
        while (end != earlier)
        {
            var middle = start + TreeReader.LargestPowerBelow(end - start);
            proof.Add(earlier <= middle ? await tree.Hash(middle, end, cancellation) : await tree.Hash(start, middle, cancellation));
            (start, end) = earlier <= middle ? (start, middle) : (middle, end);
        }

        // Who verifies knows the earlier root; where that is a subtree of its own, it is not said again.
        if (start > 0)
            proof.Add(await tree.Hash(start, end, cancellation));
        proof.Reverse();
        return [.. proof];
    }

    /// <summary>Whether a proof shows that a leaf is in a tree (RFC 9162, section 2.1.3.2).</summary>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="index">Its place, from 0 on.</param>
    /// <param name="size">The entries of the tree.</param>
    /// <param name="root">The tree's root.</param>
    /// <param name="proof">The proof, which may be anything.</param>
    public static bool IsIncluded(TreeHash leaf, long index, long size, TreeHash root, ReadOnlySpan<TreeHash> proof)
    {
        if (index < 0 || index >= size)
            return false;
        var (fn, sn, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                hash = TreeHash.OfNode(sibling, hash);
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                hash = TreeHash.OfNode(hash, sibling);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && hash == root;
    }

    /// <summary>Whether a proof shows that a tree begins with the entries of an earlier tree (RFC 9162, section 2.1.4.2).</summary>
    /// <param name="earlier">The entries of the earlier tree.</param>
    /// <param name="earlierRoot">Its root.</param>
    /// <param name="size">The entries of the tree.</param>
    /// <param name="root">The tree's root.</param>
    /// <param name="proof">The proof, which may be anything. It has to be empty where there is nothing to prove.</param>
    public static bool IsConsistent(long earlier, TreeHash earlierRoot, long size, TreeHash root, ReadOnlySpan<TreeHash> proof)
    {
        if (earlier < 0 || earlier > size)
            return false;
        if (earlier == 0)
            return proof.IsEmpty && earlierRoot == TreeHash.OfEmptyTree && (size > 0 || root == TreeHash.OfEmptyTree);
        if (earlier == size)
            return proof.IsEmpty && earlierRoot == root;
        var (fn, sn) = (earlier - 1, size - 1);
        while ((fn & 1) == 1)
            (fn, sn) = (fn >> 1, sn >> 1);
        // An earlier tree that is a full subtree begins with its own root, which the proof leaves out.
        var first = earlierRoot;
        if (fn != 0)
        {
            if (proof.IsEmpty)
                return false;
            first = proof[0];
            proof = proof[1..];
        }

        var (before, after) = (first, first);
        foreach (var sibling in proof)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                before = TreeHash.OfNode(sibling, before);
                after = TreeHash.OfNode(sibling, after);
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                after = TreeHash.OfNode(after, sibling);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && before == earlierRoot && after == root;
    }
}
