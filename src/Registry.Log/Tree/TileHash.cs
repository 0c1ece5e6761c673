using Registry.Log.Tiles;

namespace Registry.Log.Tree;

/// <summary>One hash of a tile of level 1 or above, which an append has completed. It never changes.</summary>
/// <param name="Level">The level of the tile that holds it, from 1 on. The hash is the root over 256 to the power of this many entries.</param>
/// <param name="Index">Its place in the level, from 0 on.</param>
/// <param name="Hash">The hash.</param>
public readonly record struct TileHash(int Level, long Index, TreeHash Hash)
{
    /// <summary>The number of the tile that holds the hash.</summary>
    public long Tile => Index / TileCoordinates.FullWidth;

    /// <summary>The place of the hash in its tile, 0 to 255. After 255 the tile is full.</summary>
    public int Position => (int)(Index % TileCoordinates.FullWidth);
}
