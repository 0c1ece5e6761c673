using System.Globalization;
using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Actors.Journal;

/// <summary>Builds the Merkle tree anew over the entries of a walk, and holds it against the tree and the tiles that the journal keeps.</summary>
/// <param name="log">The tree that is kept.</param>
/// <param name="faults">Where differences go.</param>
internal sealed class TreeWalk(IPublicLog log, FaultList faults)
{
    private readonly List<TreeHash> _leaves = [];
    private readonly List<List<TileHash>> _levels = [];
    private TreeFrontier _built = TreeFrontier.Empty;
    private TreeFrontier _kept = TreeFrontier.Empty;

    /// <summary>Notes which tree is kept, before the walk, since others may write while it lasts.</summary>
    /// <param name="newest">The sequence of the newest entry, asked for before.</param>
    public async Task Begin(long newest)
    {
        _kept = await log.Frontier();
        if (_kept.Size < newest)
            Add($"The tree is over {_kept.Size} entries; there are {newest}.");
    }

    /// <summary>Takes the next entry.</summary>
    public async Task Add(Entry entry)
    {
        if (_built.Size + _leaves.Count >= _kept.Size)
            return;
        _leaves.Add(new TreeHash(entry.Hash));
        if (_leaves.Count == TileCoordinates.FullWidth)
            await Build();
    }

    /// <summary>Compares at the end of the walk.</summary>
    /// <param name="isWhole">Whether every entry could be read, so that the tree can be built.</param>
    public async Task End(bool isWhole)
    {
        await Build();
        if (!isWhole)
            return;
        foreach (var level in _levels)
            await Compare(level);
        if (_built.Size != _kept.Size)
            Add($"The tree is over {_kept.Size} entries; {_built.Size} were found.");
        else if (_built.Root != _kept.Root)
            Add($"The root of the tree over {_kept.Size} entries is kept as {_kept.Root}; the entries make {_built.Root}.");
    }

    private async Task Build()
    {
        var completed = new List<TileHash>();
        _built = _built.Append([.. _leaves], completed);
        _leaves.Clear();
        foreach (var done in completed)
        {
            while (_levels.Count < done.Level)
                _levels.Add([]);
            var level = _levels[done.Level - 1];
            level.Add(done);
            if (level.Count == TileCoordinates.FullWidth)
                await Compare(level);
        }
    }

    private async Task Compare(List<TileHash> level)
    {
        if (level.Count == 0)
            return;
        var kept = await log.Hashes(level[0].Level, level[0].Index, level.Count);
        foreach (var (place, done) in level.Index())
        {
            var bytes = kept.AsSpan(Math.Min(place * TreeHash.Length, kept.Length));
            if (bytes.Length < TreeHash.Length || new TreeHash(bytes[..TreeHash.Length]) != done.Hash)
                Add($"Tile {done.Tile} of level {done.Level} has another hash at {done.Position} than the entries make.");
        }

        level.Clear();
    }

    private void Add(FormattableString sentence) => faults.Add(sentence.ToString(CultureInfo.InvariantCulture));
}
