using System.Security.Cryptography;
using System.Text;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Objects;

/// <summary>The header <c>Idempotency-Key</c>: 1 to 255 visible ASCII characters, chosen by the caller and private to whom it acts for, <see cref="Caller.Owner"/>.</summary>
internal static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The header that is <c>true</c> on an answer which an earlier request with the same key has had already.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int MostCharacters = 255;
    private const int DigestBytes = 16;

    /// <summary>Digests the key of a request, when it has one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who asks: two owners' equal keys are not the same key.</param>
    /// <param name="body">The body, as it was sent.</param>
    /// <param name="key">The digested key; null when the request has none, or a bad one.</param>
    /// <returns>What is wrong with the header; null when nothing is.</returns>
    public static Problem? Read(HttpRequest request, Caller caller, ReadOnlySpan<byte> body, out RequestKey? key)
    {
        key = null;
        var values = request.Headers[Header];
        if (values.Count == 0)
            return null;
        var text = values.ToString();
        if (values.Count > 1 || text.Length is 0 or > MostCharacters || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return Problem.Malformed(Header, "An idempotency key is 1 to 255 visible ASCII characters, sent once.");
        var address = request.Path + request.QueryString;
        key = new RequestKey(Digest(caller.Owner, text, []), Digest(request.Method, address, body));
        return null;
    }

    // A zero byte stands between the parts: the key and the address cannot contain one, so that no two requests read the same.
    private static string Digest(string first, string second, ReadOnlySpan<byte> third)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{first}\0{second}\0"));
        hash.AppendData(third);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest[..DigestBytes]);
    }
}
