using Registry.Log.Tree;

namespace Registry.Log.Tests.Tree;

public sealed class MerkleProofTests
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 255, 256, 257, 300, 511, 512, 513, 700];

    [Fact]
    public async Task Inclusion_proofs_from_tiles_are_those_of_the_RFC_and_verify()
    {
        foreach (var size in Sizes)
        {
            var log = MemoryLog.Of(size);
            foreach (var index in Enumerable.Range(0, size).Where(index => index < 20 || index > size - 20 || index % 37 == 0))
            {
                var proof = await MerkleProof.Inclusion(new TreeReader(log, size), index);
                Assert.Equal(Rfc9162.Path(index, [.. log.Entries]), proof.Select(hash => hash.ToArray()));
                Assert.True(MerkleProof.IsIncluded(TreeHash.OfLeaf(log.Entries[index]), index, size, log.Frontier.Root, proof));
            }
        }
    }

    [Fact]
    public async Task Consistency_proofs_from_tiles_are_those_of_the_RFC_and_verify()
    {
        foreach (var size in Sizes)
        {
            var log = MemoryLog.Of(size);
            foreach (var earlier in Enumerable.Range(0, size + 1).Where(earlier => earlier < 20 || earlier > size - 20 || earlier % 16 == 0))
            {
                var proof = await MerkleProof.Consistency(new TreeReader(log, size), earlier);
                Assert.Equal(Rfc9162.Proof(earlier, [.. log.Entries]), proof.Select(hash => hash.ToArray()));
                Assert.True(MerkleProof.IsConsistent(earlier, MemoryLog.Of(earlier).Frontier.Root, size, log.Frontier.Root, proof));
            }
        }
    }

    [Fact]
    public async Task Proofs_of_a_tree_with_tiles_of_level_2_verify()
    {
        var log = MemoryLog.Of(66_000);
        var earlier = MemoryLog.Of(65_800);
        foreach (var index in new[] { 0, 1, 255, 256, 65_535, 65_536, 65_791, 65_792, 65_999 })
        {
            var proof = await MerkleProof.Inclusion(new TreeReader(log, 66_000), index);
            Assert.True(MerkleProof.IsIncluded(TreeHash.OfLeaf(log.Entries[index]), index, 66_000, log.Frontier.Root, proof));
        }

        // The tiles of today serve the proofs within an earlier tree.
        var within = await MerkleProof.Inclusion(new TreeReader(log, 65_800), 65_799);
        Assert.True(MerkleProof.IsIncluded(TreeHash.OfLeaf(log.Entries[65_799]), 65_799, 65_800, earlier.Frontier.Root, within));
        var consistency = await MerkleProof.Consistency(new TreeReader(log, 66_000), 65_800);
        Assert.True(MerkleProof.IsConsistent(65_800, earlier.Frontier.Root, 66_000, log.Frontier.Root, consistency));
    }

    [Fact]
    public async Task A_proof_with_anything_changed_proves_nothing()
    {
        const int Size = 77;
        var (log, other) = (MemoryLog.Of(Size), MemoryLog.Of(Size, salt: 1));
        for (var index = 0; index < Size; index++)
        {
            var leaf = TreeHash.OfLeaf(log.Entries[index]);
            var root = log.Frontier.Root;
            var proof = await MerkleProof.Inclusion(new TreeReader(log, Size), index);
            Assert.False(MerkleProof.IsIncluded(TreeHash.OfLeaf(other.Entries[index]), index, Size, root, proof));
            Assert.False(MerkleProof.IsIncluded(leaf, index, Size, other.Frontier.Root, proof));
            for (var at = 0; at < Size + 3; at++)
                Assert.Equal(at == index, MerkleProof.IsIncluded(leaf, at, Size, root, proof));
            Assert.False(MerkleProof.IsIncluded(leaf, -1, Size, root, proof));
            Assert.All(Altered(proof), altered => Assert.False(MerkleProof.IsIncluded(leaf, index, Size, root, altered)));
        }
    }

    [Fact]
    public async Task A_tree_that_is_another_is_not_consistent()
    {
        const int Size = 77;
        var (log, other) = (MemoryLog.Of(Size), MemoryLog.Of(Size, salt: 1));
        var root = log.Frontier.Root;
        for (var earlier = 0; earlier <= Size; earlier++)
        {
            var before = MemoryLog.Of(earlier).Frontier.Root;
            var proof = await MerkleProof.Consistency(new TreeReader(log, Size), earlier);
            Assert.False(MerkleProof.IsConsistent(earlier, other.Frontier.Root, Size, root, proof));
            if (earlier > 0)
                Assert.False(MerkleProof.IsConsistent(earlier, before, Size, other.Frontier.Root, proof));
            Assert.False(MerkleProof.IsConsistent(-1, before, Size, root, proof));
            Assert.False(MerkleProof.IsConsistent(Size + 1, before, Size, root, proof));
            Assert.All(Altered(proof), altered => Assert.False(MerkleProof.IsConsistent(earlier, before, Size, root, altered)));
        }
    }

    [Fact]
    public async Task A_tile_that_is_missing_or_short_is_named()
    {
        var log = MemoryLog.Of(300);
        log.Answer = (tile, bytes) => tile is { Level: 0, Number: 1 } ? null : bytes;
        var missing = await Assert.ThrowsAsync<TileMissingException>(async () => await MerkleProof.Inclusion(new TreeReader(log, 300), 299));
        Assert.Equal("The log has no tile 0/001.p/44, which a tree of 300 entries has.", missing.Message);
        log.Answer = (_, bytes) => bytes[..^1];
        var isShort = await Assert.ThrowsAsync<TileMissingException>(async () => await MerkleProof.Inclusion(new TreeReader(log, 300), 299));
        Assert.EndsWith("bytes, not 32.", isShort.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_of_a_leaf_and_of_a_node_have_prefixes_of_their_own()
    {
        Assert.Equal(Rfc9162.Root([new byte[70_000]]), TreeHash.OfLeaf(new byte[70_000]).ToArray());
        Assert.False(TreeHash.TryParse(new string('A', 42) + "B=", out _)); // A spare bit is set.
        Assert.False(TreeHash.TryParse(new string('A', 43), out _));
        Assert.True(TreeHash.TryParse(TreeHash.OfEmptyTree.ToString(), out var read) && read == TreeHash.OfEmptyTree);
    }

    private static IEnumerable<TreeHash[]> Altered(TreeHash[] proof)
    {
        yield return [.. proof, TreeHash.OfEmptyTree];
        yield return [TreeHash.OfEmptyTree, .. proof];
        for (var at = 0; at < proof.Length; at++)
        {
            var bytes = proof[at].ToArray();
            bytes[at % 32] ^= 4;
            yield return [.. proof[..at], new TreeHash(bytes), .. proof[(at + 1)..]];
            yield return [.. proof[..at], .. proof[(at + 1)..]];
        }
    }
}
