using System.Buffers;
using Registry.Gateway.Answers;

namespace Registry.Gateway.Pages;

/// <summary>Answers with a page for people.</summary>
public static class HtmlAnswer
{
    /// <summary>The media type with its encoding.</summary>
    public const string ContentType = "text/html; charset=utf-8";

    // The pages have their style in them and need nothing else: no script, no picture, no form.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers of a page.</summary>
    public static void WriteHeaders(HttpResponse response)
    {
        response.ContentType = ContentType;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.Vary = Vary.ByFormat;
    }

    /// <summary>Answers with one page, with its length.</summary>
    /// <param name="context">The request.</param>
    /// <param name="write">Writes the page.</param>
    public static async Task Write(HttpContext context, Action<HtmlWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(8192);
        write(new HtmlWriter(buffer));
        WriteHeaders(context.Response);
        context.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
