using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Log.Copies;

/// <summary>Parts of the bytes of tiles and bundles.</summary>
internal static class TileBytes
{
    /// <summary>The partial tile that is the beginning of a wider one.</summary>
    /// <param name="wider">The bytes of the wider one.</param>
    /// <param name="tile">The partial one.</param>
    /// <exception cref="FormatException">The wider one is too short.</exception>
    public static ReadOnlyMemory<byte> Beginning(ReadOnlyMemory<byte> wider, TileCoordinates tile)
    {
        var length = tile.IsEntries ? EntryBundle.LengthOf(wider.Span, tile.Width) : tile.Width * TreeHash.Length;
        return length <= wider.Length ? wider[..length] : throw new FormatException($"The full tile in the place of {tile} is too short.");
    }
}
