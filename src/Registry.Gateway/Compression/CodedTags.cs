namespace Registry.Gateway.Compression;

/// <summary>
/// Strong ETags of compressed answers. Other bytes need another strong tag (RFC 9110, section 8.8.3.3): <c>"3"</c> is <c>"3-gzip"</c> or
/// <c>"3-br"</c> then. A weak one would do for <c>If-None-Match</c>, but is equal to none in <c>If-Match</c>, and nobody whose client asks
/// for compression could change anything.
/// </summary>
internal static class CodedTags
{
    private static readonly string[] s_endings = ["-gzip\"", "-br\""];

    /// <summary>The tag of an answer that is compressed.</summary>
    /// <param name="tag">The tag of the answer as it is, with its quotation marks.</param>
    /// <param name="coding">The content coding: gzip or br.</param>
    public static string Of(string tag, string coding) => $"{tag.AsSpan(..^1)}-{coding}\"";

    /// <summary>The tag of the answer as it is, whichever way it was compressed.</summary>
    /// <param name="tag">A tag that a client sent, with its quotation marks.</param>
    public static ReadOnlySpan<char> Plain(ReadOnlySpan<char> tag)
    {
        foreach (var ending in s_endings)
        {
            if (tag.Length > ending.Length && tag.EndsWith(ending, StringComparison.Ordinal))
                return string.Concat(tag[..^ending.Length], "\"");
        }

        return tag;
    }
}
