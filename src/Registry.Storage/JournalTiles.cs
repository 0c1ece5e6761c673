using Registry.Actors.Journal;
using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Storage;

/// <summary>The tiles and bundles of the public log, read from a journal.</summary>
/// <param name="log">What the journal publishes.</param>
public sealed class JournalTiles(IPublicLog log) : ITileSource
{
    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> Read(TileCoordinates tile, CancellationToken cancellation = default)
    {
        // Beyond any sequence that there can be.
        if (tile.Number > long.MaxValue / TileCoordinates.FullWidth - 1)
            return null;
        var first = tile.Number * TileCoordinates.FullWidth;
        try
        {
            if (tile.IsEntries)
            {
                var entries = await log.Canonical(first, tile.Width);
                if (entries.Count < tile.Width)
                    return null;
                return EntryBundle.Write([.. entries.Select(entry => (ReadOnlyMemory<byte>)entry)]);
            }

            var hashes = await log.Hashes(tile.Level, first, tile.Width);
            if (hashes.Length < tile.Width * TreeHash.Length)
                return null;
            return hashes;
        }
        catch (JournalUnavailableException fault)
        {
            throw new IOException("The journal does not answer.", fault);
        }
    }
}
