using System.Security.Cryptography;
using Registry.Log.Files;
using Registry.Log.Notes;
using Registry.Log.Tiles;

namespace Registry.Log.Copies;

/// <summary>A static copy of a log: a directory that any web server can serve at the log's address.</summary>
/// <param name="directory">The directory, which need not be there.</param>
public sealed class LogCopy(string directory) : ITileSource
{
    private const string CheckpointFile = "checkpoint";
    private const string RefusedFile = "refused";
    private const string Temporary = ".new";

    /// <summary>The checkpoint of the copy; null where there is none yet.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public SignedCheckpoint? Checkpoint() => File.Exists(PathOf(CheckpointFile))
        ? SignedCheckpoint.Parse(DurableFile.Read(PathOf(CheckpointFile), SignedNote.MostBytes))
        : null;

    /// <inheritdoc/>
    /// <exception cref="FormatException">A file is longer than any tile, or no bundle.</exception>
    public ValueTask<ReadOnlyMemory<byte>?> Read(TileCoordinates tile, CancellationToken cancellation = default)
    {
        // Spelled out: a conditional expression would take null for no bytes.
        ReadOnlyMemory<byte>? bytes = null;
        if (File.Exists(PathOf(tile)))
            bytes = DurableFile.Read(PathOf(tile), EntryBundle.MostBytes);
        else if (!tile.IsFull && File.Exists(PathOf(tile.Full)))
            bytes = TileBytes.Beginning(DurableFile.Read(PathOf(tile.Full), EntryBundle.MostBytes), tile);
        return ValueTask.FromResult(bytes);
    }

    /// <summary>Writes a tile or a bundle. What is there is replaced.</summary>
    internal void Write(TileCoordinates tile, ReadOnlySpan<byte> bytes) => Write(PathOf(tile), bytes);

    /// <summary>Whether the copy has an object. It was proven before it was written.</summary>
    /// <param name="hash">Its SHA-256, in 64 hexadecimal digits.</param>
    internal bool HasObject(string hash) => File.Exists(PathOfObject(hash));

    /// <summary>Reads an object, and proves that it is what entries name.</summary>
    /// <param name="hash">Its SHA-256, in 64 hexadecimal digits.</param>
    /// <exception cref="NotProvenException">It is missing, or has another hash.</exception>
    /// <exception cref="FormatException">It is longer than any object.</exception>
    public byte[] Object(string hash)
    {
        if (!HasObject(hash))
            throw new NotProvenException($"The copy lacks the object {hash}, which an entry names.");
        var bytes = DurableFile.Read(PathOfObject(hash), HttpLog.MostBytesOfAnObject);
        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return found == hash ? bytes : throw new NotProvenException($"What the copy keeps as the object {hash} has the hash {found}.");
    }

    /// <summary>Writes an object, under its hash.</summary>
    internal void WriteObject(string hash, ReadOnlySpan<byte> bytes) => Write(PathOfObject(hash), bytes);

    /// <summary>Takes a tile back.</summary>
    internal void Delete(TileCoordinates tile) => File.Delete(PathOf(tile));

    /// <summary>Takes away the partial tiles in the place of a full one.</summary>
    internal void DeletePartsOf(TileCoordinates full)
    {
        var parts = PathOf(full) + ".p";
        if (Directory.Exists(parts))
            Directory.Delete(parts, recursive: true);
    }

    /// <summary>Makes a checkpoint that of the copy. Its tiles are there.</summary>
    internal void Write(SignedCheckpoint checkpoint) => Write(PathOf(CheckpointFile), checkpoint.Note.ToBytes());

    /// <summary>Keeps the first checkpoint that does not agree with the copy, for everybody to see.</summary>
    /// <returns>Where it is.</returns>
    internal string Keep(SignedCheckpoint refused)
    {
        if (!File.Exists(PathOf(RefusedFile)))
            Write(PathOf(RefusedFile), refused.Note.ToBytes());
        return PathOf(RefusedFile);
    }

    private string PathOf(string name) => Path.Combine(directory, name);

    private string PathOfObject(string hash) => Path.Combine(directory, "objects", hash);

    private string PathOf(TileCoordinates tile) => Path.Combine(directory, "tile", tile.ToString());

    // Readable for a web server, unlike the private files of a signer. A copy that is lost is made again: nothing is flushed.
    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + Temporary, bytes);
        File.Move(path + Temporary, path, overwrite: true);
    }
}
