using Microsoft.Net.Http.Headers;

namespace Registry.Gateway.Writing;

/// <summary>The media types of bodies.</summary>
internal static class MediaTypes
{
    /// <summary>A merge patch (RFC 7396).</summary>
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>Whether a body is of a type, in UTF-8; other parameters of the type do not matter.</summary>
    public static bool Is(string? contentType, string expected)
    {
        if (contentType == expected)
            return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(expected, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
    }
}
