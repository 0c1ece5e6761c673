namespace Registry.Log.Tiles;

/// <summary>Where tiles and bundles of a log are read: a journal, another server, a directory.</summary>
public interface ITileSource
{
    /// <summary>Reads a tile or a bundle.</summary>
    /// <param name="tile">Which one. A source may keep only the full tile where a partial one is asked for; it then answers with its beginning.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>
    /// Of a tile exactly <c>tile.Width</c> hashes of 32 bytes; of a bundle what <see cref="EntryBundle"/> reads. Null where the source does not
    /// have it.
    /// </returns>
    /// <exception cref="IOException">The source cannot answer now.</exception>
    ValueTask<ReadOnlyMemory<byte>?> Read(TileCoordinates tile, CancellationToken cancellation = default);
}
