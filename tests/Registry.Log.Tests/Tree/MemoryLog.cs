using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Log.Tests.Tree;

/// <summary>A log in memory that keeps what a journal keeps: the entries, the frontier, and the hashes of tiles that appends completed.</summary>
internal sealed class MemoryLog : ITileSource
{
    private readonly List<byte[]> _entries = [];
    private readonly List<TreeHash> _leaves = [];
    private readonly Dictionary<(int Level, long Number), List<TreeHash>> _tiles = [];

    /// <summary>A log of synthetic entries.</summary>
    public static MemoryLog Of(int count, int salt = 0)
    {
        var log = new MemoryLog();
        log.Append([.. Enumerable.Range(0, count).Select(i => Entry(i, salt))]);
        return log;
    }

    /// <summary>One synthetic entry; some are empty and some are long.</summary>
    public static byte[] Entry(int index, int salt = 0)
    {
        var bytes = new byte[index % 97 == 5 ? salt : index % 101 == 7 ? 3000 : 8 + index % 50];
        new Random(index * 31 + salt).NextBytes(bytes);
        return bytes;
    }

    public TreeFrontier Frontier { get; private set; } = TreeFrontier.Empty;

    public IReadOnlyList<byte[]> Entries => _entries;

    /// <summary>Called with each tile that is read.</summary>
    public Func<TileCoordinates, byte[], byte[]?> Answer { get; set; } = (_, bytes) => bytes;

    public void Append(params byte[][] entries)
    {
        TreeHash[] leaves = [.. entries.Select(entry => TreeHash.OfLeaf(entry))];
        var completed = new List<TileHash>();
        Frontier = Frontier.Append(leaves, completed);
        _entries.AddRange(entries);
        _leaves.AddRange(leaves);
        foreach (var hash in completed)
        {
            if (!_tiles.TryGetValue((hash.Level, hash.Tile), out var tile))
                _tiles.Add((hash.Level, hash.Tile), tile = []);
            Assert.Equal(tile.Count, hash.Position);
            tile.Add(hash.Hash);
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> Read(TileCoordinates tile, CancellationToken cancellation = default) =>
        ValueTask.FromResult(Bytes(tile) is { } bytes && Answer(tile, bytes) is { } answer ? (ReadOnlyMemory<byte>?)answer : null);

    private byte[]? Bytes(TileCoordinates tile)
    {
        if (!tile.IsWithin(Frontier.Size))
            return null;
        var first = (int)tile.Number * TileCoordinates.FullWidth;
        if (tile.IsEntries)
            return EntryBundle.Write([.. _entries.Skip(first).Take(tile.Width).Select(entry => (ReadOnlyMemory<byte>)entry)]);
        var hashes = tile.Level == 0 ? _leaves.Skip(first) : _tiles[(tile.Level, tile.Number)];
        return [.. hashes.Take(tile.Width).SelectMany(hash => hash.ToArray())];
    }
}
