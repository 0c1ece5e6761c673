using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Registry.Actors.Contracts;
using Registry.Core.Ground;
using Registry.Formats.VectorTile;

namespace Registry.Gateway.Tiles;

/// <summary>A finished tile, and what it was made from.</summary>
public sealed class CachedTile
{
    // Raised when the same sheets would give other bytes, so that what browsers keep is asked for anew.
    private const int Format = 1;

    // What the object, its arrays and its place in the cache take beside the bytes.
    private const int OwnBytes = 600;

    private readonly SheetId[] _sheets;
    private readonly SheetVersion[] _versions;
    private readonly Lazy<byte[]> _zipped;

    /// <param name="registry">The <see cref="JournalIdentity"/> of whose tile it is.</param>
    /// <param name="address">Which tile.</param>
    /// <param name="sheets">The sheets that were asked, in their order.</param>
    /// <param name="versions">Their versions, in the same order.</param>
    /// <param name="bytes">The vector tile; empty where there is nothing.</param>
    /// <param name="asAt">When it shows the ground; null for now.</param>
    public CachedTile(string registry, TileAddress address, SheetId[] sheets, SheetVersion[] versions, byte[] bytes, GroundAsAt? asAt = null)
    {
        (Address, _sheets, _versions, Bytes) = (address, sheets, versions, bytes);
        _zipped = new Lazy<byte[]>(() => Zip(bytes));
        var tag = Tag(registry, address, sheets, versions, asAt);
        (ETag, ZippedETag) = ($"\"{tag}\"", $"\"{tag}-gzip\"");
    }

    /// <summary>Which tile.</summary>
    public TileAddress Address { get; }

    /// <summary>The vector tile.</summary>
    public byte[] Bytes { get; }

    /// <summary>The same, compressed when it was first asked for so.</summary>
    public byte[] Zipped => _zipped.Value;

    /// <summary>The strong ETag of <see cref="Bytes"/>: the same for every gateway that asks the same activations of the sheets.</summary>
    public string ETag { get; }

    /// <summary>The strong ETag of <see cref="Zipped"/>.</summary>
    public string ZippedETag { get; }

    /// <summary>About what it takes in memory; compressed tiles are less than half as long.</summary>
    public int Cost => OwnBytes + Bytes.Length + (Bytes.Length / 2);

    /// <summary>Whether it was asked for since the cache last looked.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Whether its sheets would give the same bytes, asked from now on.</summary>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public ValueTask<bool> IsCurrent(SheetVersions now)
    {
        for (var i = 0; i < _sheets.Length; i++)
        {
            var version = now.Of(_sheets[i]);
            if (!version.IsCompletedSuccessfully)
                return IsCurrent(now, i, version);
            if (version.Result != _versions[i])
                return ValueTask.FromResult(false);
        }

        return ValueTask.FromResult(true);
    }

    private async ValueTask<bool> IsCurrent(SheetVersions now, int from, Task<SheetVersion> first)
    {
        // All of the rest at once.
        var asked = new Task<SheetVersion>[_sheets.Length - from];
        asked[0] = first;
        for (var i = 1; i < asked.Length; i++)
            asked[i] = now.Of(_sheets[from + i]);
        var versions = await Task.WhenAll(asked);
        return versions.AsSpan().SequenceEqual(_versions.AsSpan(from));
    }

    private static string Tag(string registry, TileAddress address, SheetId[] sheets, SheetVersion[] versions, GroundAsAt? asAt)
    {
        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Format}/{registry}/{address.Zoom}/{address.Column}/{address.Row}");
        if (asAt is { } past)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"@{past.Cut}");
        for (var i = 0; i < sheets.Length; i++)
        {
            var version = versions[i];
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"/{sheets[i].Number}:{version.Epoch}:{version.Changes}:{version.Day}");
        }

        const int digestBytes = 12;
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())).AsSpan(0, digestBytes));
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
            zip.Write(bytes);
        return zipped.ToArray();
    }
}
