using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Registry.Gateway.Compression;

/// <summary>A content coding: what is written is gathered and compressed piece by piece.</summary>
/// <remarks>
/// Answers are written in segments of 4 kB. Compressed as they come, brotli's fastest level leaves 29 % of GeoJSON; of pieces of this
/// length, 20 %, in two thirds of the time, which is less than gzip leaves (22 %) (<c>./dev bench compression</c>). A flush goes through at once.
/// </remarks>
/// <param name="encodingName">Its name in <c>Accept-Encoding</c>.</param>
/// <param name="compress">Compresses what is written to it into the stream that it is given.</param>
internal sealed class Compressor(string encodingName, Func<Stream, Stream> compress) : ICompressionProvider
{
    private const int PieceBytes = 32 * 1024;

    /// <summary>Brotli (RFC 7932).</summary>
    public static Compressor Brotli { get; } = new("br", static to => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true));

    /// <summary>gzip (RFC 1952).</summary>
    public static Compressor Gzip { get; } = new("gzip", static to => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true));

    /// <inheritdoc/>
    public string EncodingName => encodingName;

    /// <inheritdoc/>
    public bool SupportsFlush => true;

    /// <inheritdoc/>
    public Stream CreateStream(Stream outputStream) => new BufferedStream(compress(outputStream), PieceBytes);
}
