using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Registry.Gateway.Compression;

/// <summary>Answers that are kept as they are and in gzip, and in no other coding: tiles, and the files of the public log.</summary>
internal static class KeptInGzip
{
    /// <summary>The name of the coding.</summary>
    public const string Coding = "gzip";

    /// <summary>Whether a client is to get the answer in gzip: if it takes gzip at all, unless it would rather have the answer as it is.</summary>
    /// <param name="accepted">Its <c>Accept-Encoding</c> (RFC 9110, section 12.5.3).</param>
    public static bool IsWanted(StringValues accepted)
    {
        // What browsers send, and most other clients.
        if (accepted is ["gzip, deflate, br, zstd" or "gzip, deflate, br" or "gzip, deflate" or Coding])
            return true;
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accepted, out var codings))
            return false;
        return (WeightOf(Coding) ?? WeightOf("*")) is > 0 and var gzip && gzip >= (WeightOf("identity") ?? 0);

        double? WeightOf(string name) =>
            codings.FirstOrDefault(coding => coding.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? found.Quality ?? 1 : null;
    }
}
