using System.Numerics;
using Registry.Log.Tiles;

namespace Registry.Log.Tree;

/// <summary>
/// Reads the hashes of a tree of one size from its tiles. It keeps every tile that it read, so make one for each proof. Not for concurrent use.
/// The tiles are trusted: who reads those of a stranger compares <see cref="Hash"/> of the whole tree with a signed root, and each proof with it.
/// </summary>
/// <param name="source">The tiles.</param>
/// <param name="size">The entries of the tree.</param>
public sealed class TreeReader(ITileSource source, long size)
{
    private readonly Dictionary<(int Level, long Number), ReadOnlyMemory<byte>> _tiles = [];

    /// <summary>The entries of the tree.</summary>
    public long Size => size;

    /// <summary>The hash over the entries from one to before another: MTH(D[start:end]) of RFC 9162, section 2.1.1.</summary>
    /// <param name="start">The first entry: 0, or a multiple of the greatest power of two that is less than the count of entries.</param>
    /// <param name="end">The entry after the last one, at most <see cref="Size"/>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="TileMissingException">The source lacks a tile, or gives one of another length.</exception>
    public async ValueTask<TreeHash> Hash(long start, long end, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, size);
        if (start == end)
            return TreeHash.OfEmptyTree;
        var count = end - start;
        if (BitOperations.IsPow2(count))
            return await FullSubtree(BitOperations.Log2((ulong)count), start, cancellation);
        var left = LargestPowerBelow(count);
        return TreeHash.OfNode(
            await Hash(start, start + left, cancellation), await Hash(start + left, end, cancellation));
    }

    /// <summary>The frontier of the tree's beginning.</summary>
    /// <param name="at">How many entries it has, at most <see cref="Size"/>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="TileMissingException">The source lacks a tile, or gives one of another length.</exception>
    public async ValueTask<TreeFrontier> Frontier(long at, CancellationToken cancellation = default)
    {
        var subtrees = new List<TreeHash>();
        for (var (start, height) = (0L, 62); height >= 0; height--)
        {
            if ((at >> height & 1) == 0)
                continue;
            subtrees.Add(await Hash(start, start + (1L << height), cancellation));
            start += 1L << height;
        }

        return TreeFrontier.Of(at, subtrees);
    }

    /// <summary>The greatest power of two that is less than a count of 2 or more: where RFC 9162 splits a tree.</summary>
    internal static long LargestPowerBelow(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    private async ValueTask<TreeHash> FullSubtree(int height, long start, CancellationToken cancellation)
    {
        // The lowest level of tiles that has hashes from which the subtree can be made: 2^rest of them.
        var level = height / TileCoordinates.Height;
        var rest = height % TileCoordinates.Height;
        var first = start >> (level * TileCoordinates.Height);
        var tile = await Tile(level, first / TileCoordinates.FullWidth, cancellation);
        var at = (int)(first % TileCoordinates.FullWidth);
        var hashes = new TreeHash[1 << rest];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = new TreeHash(tile.Span.Slice((at + i) * TreeHash.Length, TreeHash.Length));
        for (var count = hashes.Length; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
                hashes[i] = TreeHash.OfNode(hashes[2 * i], hashes[2 * i + 1]);
        }

        return hashes[0];
    }

    /// <summary>The bytes of a tile at its width in the tree.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> Tile(int level, long number, CancellationToken cancellation)
    {
        if (_tiles.TryGetValue((level, number), out var known))
            return known;
        var tile = new TileCoordinates(level, number, TileCoordinates.WidthAt(level, number, size));
        if (await source.Read(tile, cancellation) is not { } bytes)
            throw new TileMissingException($"The log has no tile {tile}, which a tree of {size} entries has.");
        if (bytes.Length != tile.Width * TreeHash.Length)
            throw new TileMissingException($"The log's tile {tile} has {bytes.Length} bytes, not {tile.Width * TreeHash.Length}.");
        _tiles.Add((level, number), bytes);
        return bytes;
    }
}
