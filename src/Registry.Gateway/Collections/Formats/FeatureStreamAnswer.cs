using System.Globalization;
using Registry.Formats.Features;
using Registry.Gateway.Pages;

namespace Registry.Gateway.Collections.Formats;

/// <summary>Answers with features in a format that has no place for links: they stand in headers.</summary>
public static class FeatureStreamAnswer
{
    /// <summary>Answers with features as they come.</summary>
    /// <param name="context">The request.</param>
    /// <param name="format">The format.</param>
    /// <param name="writer">Its writer.</param>
    /// <param name="features">The features, in groups, as finished JSON in UTF-8.</param>
    /// <param name="matched">How many features match in all; null when that is not counted.</param>
    /// <param name="next">The address of the next page; null when this is the last.</param>
    public static Task Write(
        HttpContext context, FeatureFormat format, IFeatureWriter writer, IAsyncEnumerable<IReadOnlyList<byte[]>> features, long? matched,
        string? next)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        if (format == FeatureFormat.Html)
            HtmlAnswer.WriteHeaders(response);
        else
            response.ContentType = format.ContentType;
        if (matched is { } count)
            response.Headers["OGC-NumberMatched"] = count.ToString(CultureInfo.InvariantCulture);
        if (next is not null)
            response.Headers.Link = $"<{next}>; rel=\"next\"; type=\"{format.MediaType}\"";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : FeatureStream.Write(response, features, writer, context.RequestAborted);
    }
}
