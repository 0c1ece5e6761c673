using System.Collections.Concurrent;
using Registry.Formats.VectorTile;

namespace Registry.Gateway.Tiles;

/// <summary>Finished tiles, up to so many bytes. The tiles that nobody asked for since the last look go first.</summary>
/// <remarks>
/// The clock algorithm: tiles stand in a circle; when room is needed the hand goes on, spares those that were used, once, and takes out
/// the first that was not. Looking a tile up takes no lock.
/// </remarks>
/// <param name="mostBytes">The most bytes, by <see cref="CachedTile.Cost"/>; a single tile above it is not kept.</param>
public sealed class TileCache(long mostBytes = TileCache.DefaultBytes)
{
    /// <summary>What a gateway keeps unless told otherwise: 64 MiB, some thousands of tiles.</summary>
    public const long DefaultBytes = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<TileAddress, CachedTile> _tiles = new();
    private readonly Queue<CachedTile> _circle = new();
    private readonly Lock _hand = new();

    /// <summary>The bytes kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>The tile of an address, current or not; null where none is kept.</summary>
    public CachedTile? Find(TileAddress address)
    {
        if (!_tiles.TryGetValue(address, out var tile))
            return null;
        if (!tile.IsUsed)
            tile.IsUsed = true;
        return tile;
    }

    /// <summary>Keeps a tile in place of the one that was there.</summary>
    public void Keep(CachedTile tile)
    {
        lock (_hand)
        {
            if (_tiles.TryGetValue(tile.Address, out var before))
                Bytes -= before.Cost;
            _tiles[tile.Address] = tile;
            _circle.Enqueue(tile);
            Bytes += tile.Cost;
            while (Bytes > mostBytes && _circle.TryDequeue(out var next))
            {
                if (!_tiles.TryGetValue(next.Address, out var kept) || kept != next)
                    continue;
                if (next.IsUsed && next != tile)
                {
                    next.IsUsed = false;
                    _circle.Enqueue(next);
                    continue;
                }

                _tiles.TryRemove(next.Address, out _);
                Bytes -= next.Cost;
            }
        }
    }
}
