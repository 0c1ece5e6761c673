using System.Globalization;
using Microsoft.Net.Http.Headers;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Writing;

/// <summary>Versions of objects in HTTP: <c>ETag</c>, <c>If-Match</c>, <c>If-None-Match</c> (RFC 9110, section 13).</summary>
internal static class Versions
{
    // No object has it: the first version is 1.
    private const long Never = 0;

    /// <summary>The strong ETag of a version.</summary>
    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Reads <c>If-Match</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="version">
    /// The version on which the caller decided; null for <c>*</c>. An ETag that is weak, or not ours, gives one that no object has.
    /// </param>
    /// <returns>What is wrong with the header; null when nothing is.</returns>
    public static Problem? ReadIfMatch(HttpRequest request, out long? version)
    {
        version = null;
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return new Problem(ProblemType.PreconditionRequired, "Name, in If-Match, the ETag of the version on which you decided.");
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags) || tags.Count != 1)
            return Problem.Malformed(HeaderNames.IfMatch, "One ETag was expected, such as \"3\" with its quotation marks, or *.");
        if (!tags[0].Equals(EntityTagHeaderValue.Any))
            version = VersionOf(tags[0]);
        return null;
    }

    /// <summary>Whether the caller has the version already, so that 304 is the answer.</summary>
    public static bool IsKnown(HttpRequest request, long version)
    {
        var header = request.Headers.IfNoneMatch;
        if (header.Count == 0 || !EntityTagHeaderValue.TryParseList(header, out var tags))
            return false;
        var own = new EntityTagHeaderValue(ETag(version));
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, useStrongComparison: false));
    }

    private static long VersionOf(EntityTagHeaderValue tag) =>
        !tag.IsWeak && long.TryParse(tag.Tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : Never;
}
