using System.IO.Compression;
using Registry.Gateway.Answers;
using Registry.Gateway.Compression;

namespace Registry.Gateway.Log;

/// <summary>A part of the public log that never changes, ready to be sent: as it is, or in gzip to whoever takes it.</summary>
internal sealed class LogFile : IResult
{
    private const string Forever = "public, max-age=31536000, immutable";

    private readonly string _mediaType;
    private readonly byte[] _bytes;
    private readonly byte[]? _zipped;

    /// <param name="mediaType">Its media type.</param>
    /// <param name="bytes">The bytes, not to be changed.</param>
    /// <param name="isZipped">Whether it is sent in gzip too: entries and objects are text, hashes are not.</param>
    public LogFile(string mediaType, byte[] bytes, bool isZipped) => (_mediaType, _bytes, _zipped) = (mediaType, bytes, isZipped ? Zip(bytes) : null);

    /// <summary>What it takes in memory, in bytes.</summary>
    public long Cost => _bytes.Length + (_zipped?.Length ?? 0) + 100;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var zipped = KeptCoding.IsGzipWanted(request.Headers.AcceptEncoding) ? _zipped : null;
        var bytes = zipped ?? _bytes;
        response.ContentType = _mediaType;
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = Forever;
        if (_zipped is not null)
            response.Headers.Vary = Vary.ByEncoding;
        if (zipped is not null)
            response.Headers.ContentEncoding = KeptCoding.Gzip;
        if (!HttpMethods.IsHead(request.Method))
            await response.BodyWriter.WriteAsync(bytes, httpContext.RequestAborted);
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return zipped.ToArray();
    }
}
