using System.Globalization;
using System.Security.Cryptography;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Log.Copies;

/// <summary>
/// Brings a static copy of a log up to date. It takes only entries and the checkpoint from the log, hashes every entry itself, and has a new
/// checkpoint only when the copy's own tree has the root that the log signed.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="copy">The copy. One export at a time writes it.</param>
/// <param name="policy">Whose signatures are asked for.</param>
/// <param name="clock">The reader's time.</param>
/// <param name="objectsOf">
/// The hashes of the objects that an entry names, each 64 lower-case hexadecimal digits; they are copied too. Null where entries name none.
/// </param>
public sealed class LogExport(
    HttpLog log, LogCopy copy, TrustPolicy policy, TimeProvider clock, Func<ReadOnlyMemory<byte>, IEnumerable<string>>? objectsOf = null)
{
    private readonly List<TileCoordinates> _written = [];

    /// <summary>Copies what is new.</summary>
    /// <param name="progress">Is told how many entries the copy holds, after each bundle.</param>
    /// <param name="cancellation">Ends the copying. The copy keeps the checkpoint that it had.</param>
    /// <returns>What it had before, and what it has.</returns>
    /// <exception cref="NotProvenException">The log's checkpoint is not signed by whom the policy trusts, or does not continue the copy.</exception>
    /// <exception cref="FormatException">What the log serves, or what the copy holds, is malformed.</exception>
    /// <exception cref="TileMissingException">The log does not serve a bundle or an object, or the copy lacks a tile.</exception>
    /// <exception cref="IOException">The log cannot be reached, or the copy not be written.</exception>
    public async Task<ExportReport> Run(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var (before, shown) = (copy.Checkpoint(), await log.Checkpoint(cancellation));
        policy.Judge(shown, clock.GetUtcNow());
        var size = before?.Size ?? 0;
        if (shown.Size < size || (shown.Size == size && before is not null && shown.Root != before.Root))
        {
            throw Refused(shown, string.Create(CultureInfo.InvariantCulture, $"The log shows {shown.Size} entries with the root {shown.Root}; the copy holds {size}"
                + $" with the root {before?.Root}, signed by the log as well."));
        }

        if (before is not null && shown.Size == size)
        {
            // The same tree, perhaps with more cosignatures.
            copy.Write(shown);
            return new ExportReport(size, shown);
        }

        var tree = new TreeReader(copy, size);
        var start = size - size % TileCoordinates.FullWidth;
        var frontier = await tree.Frontier(start, cancellation);
        var completed = new List<TileHash>();
        while (frontier.Size < shown.Size)
        {
            var bundle = TileCoordinates.Bundle(frontier.Size, shown.Size);
            var leaves = await CopyBundle(bundle, cancellation);
            // The first bundle begins before the copy's own size: the tree of that size has to be there too.
            if (before is not null && frontier.Size == start && size > start && frontier.Append(leaves.AsSpan(0, (int)(size - start))).Root != before.Root)
                throw Refused(shown, $"The log's entries are not those that the copy holds up to entry {size}.");
            frontier = frontier.Append(leaves, completed);
            progress?.Report(frontier.Size);
        }

        if (frontier.Root != shown.Root)
        {
            throw Refused(shown, $"The entries that the log serves have the root {frontier.Root}; it signed {shown.Root}. "
                + "An entry was changed, or the copy's own tiles were.");
        }

        await WriteUpperTiles(tree, completed, shown.Size, cancellation);
        copy.Write(shown);
        foreach (var tile in _written.Where(tile => tile.IsFull))
            copy.DeletePartsOf(tile);
        return new ExportReport(size, shown);
    }

    private async Task<TreeHash[]> CopyBundle(TileCoordinates bundle, CancellationToken cancellation)
    {
        if (await log.Read(bundle, cancellation) is not { } bytes)
            throw new TileMissingException($"The log has no bundle {bundle} of entries.");
        var entries = EntryBundle.Read(bytes, bundle.Width);
        TreeHash[] leaves = [.. entries.Select(entry => TreeHash.OfLeaf(entry.Span))];
        await CopyObjects(entries, cancellation);
        Write(bundle, bytes.Span);
        Write(bundle with { Level = 0 }, Bytes(leaves));
        return leaves;
    }

    // An object is named by its hash, so that it stays what it is, whatever becomes of the entries that named it.
    private async Task CopyObjects(IEnumerable<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        if (objectsOf is null)
            return;
        foreach (var hash in entries.SelectMany(objectsOf))
        {
            // It becomes the name of a file.
            if (hash.Length != 2 * SHA256.HashSizeInBytes || !hash.All(char.IsAsciiHexDigitLower))
                throw new FormatException("An entry names an object by something else than a SHA-256 in 64 lower-case hexadecimal digits.");
            if (copy.HasObject(hash))
                continue;
            if (await log.Object(hash, cancellation) is not { } bytes)
                throw new TileMissingException($"The log has no object {hash}, which an entry names.");
            copy.WriteObject(hash, bytes.Span);
        }
    }

    private async Task WriteUpperTiles(TreeReader tree, List<TileHash> completed, long size, CancellationToken cancellation)
    {
        foreach (var hashes in completed.GroupBy(hash => (hash.Level, hash.Tile)))
        {
            var (level, number) = hashes.Key;
            var first = hashes.First().Position;
            var earlier = first == 0 ? default : await tree.Tile(level, number, cancellation);
            Write(
                new TileCoordinates(level, number, TileCoordinates.WidthAt(level, number, size)),
                [.. earlier.Span[..(first * TreeHash.Length)], .. Bytes([.. hashes.Select(hash => hash.Hash)])]);
        }
    }

    private void Write(TileCoordinates tile, ReadOnlySpan<byte> bytes)
    {
        copy.Write(tile, bytes);
        _written.Add(tile);
    }

    // What was copied has proven to be false, and is taken back: the copy is what it was.
    private NotProvenException Refused(SignedCheckpoint shown, string why)
    {
        foreach (var tile in _written)
            copy.Delete(tile);
        return new NotProvenException($"{why} The checkpoint that the log shows is kept in {copy.Keep(shown)}: keep it and the copy, they are the proof.");
    }

    private static byte[] Bytes(TreeHash[] hashes)
    {
        var bytes = new byte[hashes.Length * TreeHash.Length];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i].CopyTo(bytes.AsSpan(i * TreeHash.Length));
        return bytes;
    }
}

/// <summary>What an export did.</summary>
/// <param name="Before">The entries that the copy had before.</param>
/// <param name="Checkpoint">The checkpoint that it has now.</param>
public sealed record ExportReport(long Before, SignedCheckpoint Checkpoint);
