using Microsoft.Net.Http.Headers;

namespace Registry.Gateway.Answers;

/// <summary>Media types that several parts of the gateway name.</summary>
internal static class MediaTypes
{
    /// <summary>A JSON Schema.</summary>
    public const string Schema = "application/schema+json";

    /// <summary>OpenAPI 3.0 (OGC API - Features, /req/oas30/oas-definition-1).</summary>
    public const string OpenApi30 = "application/vnd.oai.openapi+json;version=3.0";

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
