using Registry.Actors.Journal;
using Registry.Log.Tree;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    [ContractFact]
    public async Task The_tree_is_over_every_entry_that_was_acknowledged()
    {
        Assert.Equal(TreeFrontier.Empty.Root, (await PublicLog.Frontier()).Root);
        for (var i = 1; i <= 3; i++)
        {
            await Commit(Filings.Apply($"lb-{i}", i));
            var tree = await PublicLog.Frontier();

            Assert.Equal(i, tree.Size);
            Assert.Equal(TreeOf(await Entries()).Root, tree.Root);
        }

        Assert.IsType<VersionTaken>(await Journal.Append(Filings.Apply("lb-1", 9)));
        Assert.Equal(3, (await PublicLog.Frontier()).Size);
    }

    [ContractFact]
    public async Task Tiles_are_read_at_every_level()
    {
        const int entries = 600;
        await Task.WhenAll(Enumerable.Range(1, entries).Select(i => Commit(Filings.Apply($"lb-{i}", i))));

        var all = await Entries();
        var completed = new List<TileHash>();
        var tree = TreeOf(all, completed);
        Assert.Equal(tree.Root, (await PublicLog.Frontier()).Root);
        Assert.Equal(all.Skip(256).Take(256).SelectMany(entry => entry.Hash), await PublicLog.Hashes(0, 256, 256));
        Assert.Equal(all.Skip(512).SelectMany(entry => entry.Hash), await PublicLog.Hashes(0, 512, 256));
        Assert.Equal(2, completed.Count);
        Assert.Equal(completed.SelectMany(done => done.Hash.ToArray()), await PublicLog.Hashes(1, 0, 256));
        Assert.Equal(completed[1].Hash.ToArray(), await PublicLog.Hashes(1, 1, 1));
        Assert.Empty(await PublicLog.Hashes(2, 0, 256));
        Assert.Equal(all.Skip(100).Take(7).Select(entry => entry.Canonical), await PublicLog.Canonical(100, 7));
        Assert.Empty(await PublicLog.Canonical(entries, 256));
    }

    [ContractFact]
    public async Task The_newest_checkpoint_is_kept_for_those_who_do_not_sign()
    {
        Assert.Null(await PublicLog.Checkpoint());
        await PublicLog.KeepCheckpoint([1]);
        await PublicLog.KeepCheckpoint([2, 3]);

        Assert.Equal([2, 3], await PublicLog.Checkpoint());
    }

    private static TreeFrontier TreeOf(IEnumerable<Entry> entries, ICollection<TileHash>? completed = null) =>
        TreeFrontier.Empty.Append([.. entries.Select(entry => new TreeHash(entry.Hash))], completed);
}
