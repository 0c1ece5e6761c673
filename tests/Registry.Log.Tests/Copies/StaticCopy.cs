using Registry.Log.Copies;
using Registry.Log.Notes;
using Registry.Log.Tests.Tree;
using Registry.Log.Tiles;

namespace Registry.Log.Tests.Copies;

/// <summary>Writes a log into a directory as a server of files would have it.</summary>
internal static class StaticCopy
{
    public static async Task Write(MemoryLog log, SignedCheckpoint checkpoint, string directory)
    {
        var copy = new LogCopy(directory);
        foreach (var tile in TileCoordinates.NewSince(0, log.Frontier.Size))
            copy.Write(tile, (await log.Read(tile))!.Value.Span);
        copy.Write(checkpoint);
    }

    /// <summary>Changes one bit of a file.</summary>
    public static void Flip(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
