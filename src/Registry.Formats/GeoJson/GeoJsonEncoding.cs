using Registry.Formats.Encodings;

namespace Registry.Formats.GeoJson;

/// <summary>The encoding of GeoJSON, which is UTF-8 (RFC 8259, section 8.1; RFC 8142, section 2).</summary>
public static class GeoJsonEncoding
{
    /// <summary>What is wrong with a file's encoding; null when it is UTF-8.</summary>
    /// <param name="file">The file; it can seek, and is left where it stood.</param>
    /// <returns>A sentence for the sender, with the place of the first byte that is at fault.</returns>
    public static string? FaultOf(Stream file)
    {
        var start = file.Position;
        var head = new byte[4];
        var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = start;
        if (EncodedText.MarkOf(head.AsSpan(0, count)) is { Encoding: { } marked } && marked != TextEncodings.Utf8)
            return $"The file begins with the mark of {marked.WebName}; GeoJSON is UTF-8.";
        if (count >= 2 && (head[0] == 0 || head[1] == 0))
            return "The file seems to be UTF-16; GeoJSON is UTF-8.";
        try
        {
            EncodedText.Require(file, TextEncodings.Utf8, "The file is not UTF-8, which GeoJSON is");
            return null;
        }
        catch (SourceException fault)
        {
            return fault.Message;
        }
        finally
        {
            file.Position = start;
        }
    }
}
