using Registry.Core;
using Registry.Gateway.Answers;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Parameters;

/// <summary>The parameter <c>f</c>: the format of the answer, where it is not left to the header Accept.</summary>
public static class FormatParameter
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "f";

    private static readonly string[] Names = [Name];

    /// <summary>Answers with JSON or a page for people, as this parameter or the header Accept asks; another parameter is refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="json">Answers with JSON.</param>
    /// <param name="html">Answers with the page.</param>
    public static Task Answer(HttpContext context, Func<HttpContext, Task> json, Func<HttpContext, Task> html)
    {
        if (Read(context.Request.QueryString, out var format, "json", "html") is { } fault)
            return fault.ToProblem().ExecuteAsync(context);
        context.Response.Headers.Vary = Vary.ByFormat;
        var isHtml = format is null ? Accepted.Choose(context.Request, JsonAnswer.Json, Accepted.Html) == 1 : format == "html";
        return isHtml ? html(context) : json(context);
    }

    /// <summary>Reads a query that may have this parameter and no other.</summary>
    /// <param name="query">The query string.</param>
    /// <param name="format">One of the formats; null where the parameter is absent.</param>
    /// <param name="formats">The formats that the address knows.</param>
    /// <returns>What is wrong with the query; null when nothing is.</returns>
    public static Refusal? Read(QueryString query, out string? format, params ReadOnlySpan<string> formats)
    {
        format = null;
        Span<ReadOnlyMemory<char>?> values = [null];
        return QueryText.Read(query, Names, values) ?? Match(values[0], formats, out format);
    }

    /// <summary>Checks the parameter's value.</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="formats">The formats that the address knows.</param>
    /// <param name="format">One of them; null where the parameter is absent.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? Match(ReadOnlyMemory<char>? text, ReadOnlySpan<string> formats, out string? format)
    {
        format = null;
        if (text is not { } value)
            return null;
        foreach (var known in formats)
        {
            if (value.Span.SequenceEqual(known))
                format = known;
        }

        return format is null ? Refusal.Malformed(Name, $"The answer comes as {string.Join(" or ", formats!)}.") : null;
    }
}
