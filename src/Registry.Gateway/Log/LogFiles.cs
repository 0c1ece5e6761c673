using Microsoft.Extensions.Caching.Memory;
using Registry.Actors.Journal;
using Registry.Log.Tiles;
using Registry.Storage;

namespace Registry.Gateway.Log;

/// <summary>Parts of the public log that never change: from memory, 64 MiB at most, else from the journal.</summary>
/// <param name="log">What the journal publishes.</param>
internal sealed class LogFiles(IPublicLog log) : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;
    private const string Bytes = "application/octet-stream";
    private const string Json = "application/json";

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <summary>What the journal publishes.</summary>
    public IPublicLog Log => log;

    /// <summary>The same as tiles.</summary>
    public ITileSource Tiles { get; } = new JournalTiles(log);

    /// <summary>A tile or a bundle; null where the log has not come so far.</summary>
    /// <exception cref="IOException">The journal does not answer.</exception>
    public async ValueTask<LogFile?> Tile(TileCoordinates tile, CancellationToken cancellation)
    {
        if (_kept.TryGetValue(tile, out LogFile? kept))
            return kept;
        return await Tiles.Read(tile, cancellation) is { } bytes
            ? Keep(tile, new LogFile(Bytes, bytes.ToArray(), isZipped: tile.IsEntries), isKept: tile.IsFull)
            : null;
    }

    /// <summary>An object; null where there is none.</summary>
    /// <param name="hash">Its SHA-256, 32 bytes.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public async ValueTask<LogFile?> Object(byte[] hash)
    {
        var name = Convert.ToHexStringLower(hash);
        if (_kept.TryGetValue(name, out LogFile? kept))
            return kept;
        return await Log.Object(hash) is { } bytes ? Keep(name, new LogFile(Json, bytes, isZipped: true), isKept: true) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();

    // Partial tiles are soon followed by fuller ones: who asks for one gets it from the journal.
    private LogFile Keep(object name, LogFile file, bool isKept) =>
        isKept ? _kept.Set(name, file, new MemoryCacheEntryOptions { Size = file.Cost }) : file;
}
