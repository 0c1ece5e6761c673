using System.Numerics;
using Registry.Log.Tree;

namespace Registry.Log.Tests.Tree;

public sealed class TreeFrontierTests
{
    [Fact]
    public void The_root_of_each_size_is_that_of_the_RFC()
    {
        var log = new MemoryLog();
        Assert.Equal(Rfc9162.Root([]), log.Frontier.Root.ToArray());
        for (var size = 1; size <= 600; size++)
        {
            log.Append(MemoryLog.Entry(size - 1));
            Assert.Equal(size, log.Frontier.Size);
            Assert.Equal(Rfc9162.Root([.. log.Entries]), log.Frontier.Root.ToArray());
        }
    }

    [Fact]
    public void Batches_of_any_length_give_the_tree_of_single_entries()
    {
        var random = new Random(9162);
        var batched = new MemoryLog();
        while (batched.Frontier.Size < 70_000)
        {
            var start = (int)batched.Frontier.Size;
            batched.Append([.. Enumerable.Range(start, random.Next(0, 700)).Select(i => MemoryLog.Entry(i))]);
        }

        var single = TreeFrontier.Empty;
        var completed = new List<TileHash>();
        foreach (var entry in batched.Entries)
            single = single.Append(TreeHash.OfLeaf(entry), completed);
        Assert.Equal(single.ToBytes(), batched.Frontier.ToBytes());
        Assert.Equal(Rfc9162.Root([.. batched.Entries]), single.Root.ToArray());
        Assert.Equal(batched.Entries.Count / 256 + batched.Entries.Count / 65536, completed.Count);
        foreach (var hash in completed)
        {
            var span = 1 << (8 * hash.Level);
            Assert.Equal(Rfc9162.Root([.. batched.Entries.Skip((int)hash.Index * span).Take(span)]), hash.Hash.ToArray());
        }
    }

    [Fact]
    public void A_frontier_is_read_from_its_bytes_and_goes_on()
    {
        var log = MemoryLog.Of(333);
        var read = TreeFrontier.FromBytes(log.Frontier.ToBytes());
        Assert.Equal(log.Frontier.Root, read.Root);
        Assert.Equal(8 + 32 * BitOperations.PopCount(333u), read.ToBytes().Length);
        log.Append(MemoryLog.Entry(333));
        Assert.Equal(log.Frontier.Root, read.Append(TreeHash.OfLeaf(MemoryLog.Entry(333))).Root);
    }

    [Fact]
    public void Bytes_that_are_no_frontier_are_refused()
    {
        var bytes = MemoryLog.Of(5).Frontier.ToBytes();
        foreach (var other in new byte[][]
        {
            [], bytes[..7], bytes[..^1], [.. bytes, 0], [.. bytes[..7], 4, .. bytes[8..]], [0xff, .. bytes[1..]], new byte[100_000],
        })
            Assert.Throws<FormatException>(() => TreeFrontier.FromBytes(other));
    }

    [Fact]
    public void The_greatest_tree_has_a_bounded_frontier_and_takes_no_entry_more()
    {
        byte[] bytes = [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, .. new byte[63 * 32]];
        Assert.Equal(TreeFrontier.MostBytes, bytes.Length);
        var frontier = TreeFrontier.FromBytes(bytes);
        Assert.Equal(long.MaxValue, frontier.Size);
        Assert.Throws<OverflowException>(() => frontier.Append(TreeHash.OfEmptyTree));
    }
}
