using Microsoft.Net.Http.Headers;

namespace Registry.Gateway.Parameters;

/// <summary>Which of several media types a caller would rather have, by the header Accept (RFC 9110, 12.5.1).</summary>
public static class Accepted
{
    /// <summary>The media type of pages for people.</summary>
    public const string Html = "text/html";

    /// <summary>Chooses a media type.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mediaTypes">The media types that can be had, the default first.</param>
    /// <returns>
    /// The place of the one that ranks highest, the first of equals; 0 where the header is missing, unreadable or admits none of them:
    /// a caller who names only what is not here is better served by the default than by a refusal.
    /// </returns>
    public static int Choose(HttpRequest request, params ReadOnlySpan<string> mediaTypes)
    {
        var header = request.Headers.Accept;
        if (header.Count == 0 || header is ["*/*"] || !MediaTypeHeaderValue.TryParseList(header, out var accepted))
            return 0;
        var (best, rank) = (0, 0.0);
        for (var i = 0; i < mediaTypes.Length; i++)
        {
            var own = Rank(accepted, mediaTypes[i]);
            if (own > rank)
                (best, rank) = (i, own);
        }

        return best;
    }

    /// <summary>The most specific range that matches decides.</summary>
    private static double Rank(IList<MediaTypeHeaderValue> accepted, string mediaType)
    {
        var (rank, precision) = (0.0, -1);
        foreach (var range in accepted)
        {
            var own = range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
            var matches = own switch
            {
                0 => true,
                1 => mediaType.AsSpan().StartsWith(range.Type.AsSpan(), StringComparison.OrdinalIgnoreCase) && mediaType[range.Type.Length] == '/',
                _ => range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase),
            };
            if (matches && own > precision)
                (rank, precision) = (range.Quality ?? 1, own);
        }

        return rank;
    }
}
