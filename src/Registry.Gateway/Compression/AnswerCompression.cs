using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Registry.Gateway.Compression;

/// <summary>Which answers are compressed, and how: by the framework's provider, which reads <c>Accept-Encoding</c> with its weights.</summary>
/// <remarks>
/// What a page could learn from the length of an answer (BREACH) needs a secret beside text that the page chose, in an answer that the
/// browser fetched with a credential of its own accord. There is none of these but the dashboard's password, and the dashboard is left
/// alone: keys are sent by whoever knows them, and no answer holds one.
/// </remarks>
internal sealed class AnswerCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <summary>What fits into one packet arrives no sooner compressed.</summary>
    public const int LeastBytes = 1400;

    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context) =>
        !(context.Response.ContentLength < LeastBytes) && base.ShouldCompressResponse(context);

    /// <inheritdoc/>
    public override ICompressionProvider? GetCompressionProvider(HttpContext context)
    {
        var provider = base.GetCompressionProvider(context);
        var headers = context.Response.Headers;
        if (provider is not null && headers.ETag is [{ } tag])
            headers.ETag = CodedTags.Of(tag, provider.EncodingName);
        return provider;
    }

    /// <summary>Says what is compressed, and how.</summary>
    public static void Set(ResponseCompressionOptions options)
    {
        options.EnableForHttps = true;
        options.MimeTypes = CompressedTypes.All;
        // The first of those that a client would as soon have.
        options.Providers.Add(Compressor.Brotli);
        options.Providers.Add(Compressor.Gzip);
    }
}
