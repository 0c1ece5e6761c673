using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Registry.Log.Notes;
using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Log.Copies;

/// <summary>A log that is served by HTTP: by a registry, or any web server over a static copy.</summary>
/// <param name="prefix">Its address, below which are <c>checkpoint</c>, <c>tile/</c> and <c>objects/</c>.</param>
/// <param name="http">The client, as <see cref="CreateHttp"/> makes it.</param>
public sealed class HttpLog(Uri prefix, HttpClient http) : ITileSource
{
    /// <summary>How long an object may be: as long as the longest request.</summary>
    public const int MostBytesOfAnObject = 64 * 1024 * 1024;

    private readonly Uri _prefix = new(prefix.AbsoluteUri.TrimEnd('/') + "/");

    /// <summary>A client that takes gzip and gives up in time.</summary>
    /// <param name="limit">How long one answer may take.</param>
    public static HttpClient CreateHttp(TimeSpan limit)
    {
        var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip, AllowAutoRedirect = false }) { Timeout = limit };
        http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        return http;
    }

    /// <summary>Reads the log's checkpoint. Nothing of it is verified.</summary>
    /// <exception cref="IOException">The log cannot be reached, or has none.</exception>
    /// <exception cref="FormatException">It is no checkpoint.</exception>
    public async Task<SignedCheckpoint> Checkpoint(CancellationToken cancellation = default) => SignedCheckpoint.Parse(
        (await Get("checkpoint", SignedNote.MostBytes, cancellation) ?? throw new IOException($"There is no log at {_prefix}: it has no checkpoint.")).Span);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The answer is longer than any tile, or no bundle.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> Read(TileCoordinates tile, CancellationToken cancellation = default)
    {
        var most = tile.IsEntries ? EntryBundle.MostBytes : TileCoordinates.FullWidth * TreeHash.Length;
        if (await Get($"tile/{tile}", most, cancellation) is { } bytes)
            return bytes;
        // A log may drop a partial tile once it has the full one.
        if (tile.IsFull || await Get($"tile/{tile.Full}", most, cancellation) is not { } full)
            return null;
        return TileBytes.Beginning(full, tile);
    }

    /// <summary>Reads what was too long for an entry, and proves that it is what the entry names.</summary>
    /// <param name="hash">Its SHA-256, in 64 hexadecimal digits.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Its bytes, <see cref="MostBytesOfAnObject"/> at most; null where the log does not serve it.</returns>
    /// <exception cref="NotProvenException">It has another hash.</exception>
    /// <exception cref="FormatException">It is longer.</exception>
    /// <exception cref="IOException">The log cannot be reached.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> Object(string hash, CancellationToken cancellation = default)
    {
        if (await Get($"objects/{hash}", MostBytesOfAnObject, cancellation) is not { } bytes)
            return null;
        var found = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        return found == hash ? bytes : throw new NotProvenException($"What the log serves as the object {hash} has the hash {found}.");
    }

    private async Task<ReadOnlyMemory<byte>?> Get(string path, int most, CancellationToken cancellation)
    {
        var address = new Uri(_prefix, path);
        try
        {
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (answer.StatusCode == HttpStatusCode.NotFound)
                return null;
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new IOException($"{address} answers {(int)answer.StatusCode} {answer.StatusCode}.");
            return await ReadAll(await answer.Content.ReadAsStreamAsync(cancellation), most, address, cancellation);
        }
        catch (HttpRequestException fault)
        {
            throw new IOException($"{address} cannot be read: {fault.Message}", fault);
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"{address} did not answer within {http.Timeout.TotalSeconds} s.", fault);
        }
    }

    // Counts the bytes after they are unpacked: a small answer may unpack to a huge one.
    private static async Task<ReadOnlyMemory<byte>> ReadAll(Stream stream, int most, Uri address, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (bytes.Length + read > most)
                throw new FormatException($"{address} has more than {most} bytes.");
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
