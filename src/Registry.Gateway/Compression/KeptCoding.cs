using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Registry.Gateway.Compression;

/// <summary>Answers that are kept as they are and in one coding: tiles and the files of the public log in gzip, those of the map in Brotli.</summary>
internal static class KeptCoding
{
    /// <summary>The name of gzip.</summary>
    public const string Gzip = "gzip";

    /// <summary>The name of Brotli.</summary>
    public const string Brotli = "br";

    /// <summary>Whether a client is to get the answer in gzip: if it takes gzip at all, unless it would rather have the answer as it is.</summary>
    /// <param name="accepted">Its <c>Accept-Encoding</c> (RFC 9110, section 12.5.3).</param>
    public static bool IsGzipWanted(StringValues accepted) =>
        // What browsers send, and most other clients.
        accepted is ["gzip, deflate, br, zstd" or "gzip, deflate, br" or "gzip, deflate" or Gzip] || IsWanted(accepted, Gzip);

    /// <summary>The same for any coding.</summary>
    /// <param name="accepted">Its <c>Accept-Encoding</c>.</param>
    /// <param name="coding">The name of the coding.</param>
    public static bool IsWanted(StringValues accepted, string coding)
    {
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accepted, out var codings))
            return false;
        return (WeightOf(coding) ?? WeightOf("*")) is > 0 and var weight && weight >= (WeightOf("identity") ?? 0);

        double? WeightOf(string name) =>
            codings.FirstOrDefault(given => given.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? found.Quality ?? 1 : null;
    }
}
