using System.Globalization;
using Microsoft.Net.Http.Headers;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Writing;

/// <summary>Versions of objects in HTTP: <c>ETag</c>, <c>If-Match</c>, <c>If-None-Match</c> (RFC 9110, sections 8.8.3 and 13.1).</summary>
internal static class Versions
{
    /// <summary>The most ETags that <c>If-Match</c> may list: each may cost a look at the object.</summary>
    public const int MostListed = 10;

    // No object has it: the first version is 1.
    private const long Never = 0;

    /// <summary>The strong ETag of a version.</summary>
    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Reads <c>If-Match</c>, which is compared strongly: character by character, and a weak ETag is equal to none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="versions">
    /// The versions on any of which the caller decided, ascending; empty for <c>*</c>. Where every ETag is weak, or not ours, it is one
    /// that no object has.
    /// </param>
    /// <returns>What is wrong with the header; null when nothing is.</returns>
    public static Problem? ReadIfMatch(HttpRequest request, out IReadOnlyList<long> versions)
    {
        versions = [];
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return new Problem(ProblemType.PreconditionRequired, "Name, in If-Match, the ETag of the version on which you decided.");
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags) || tags.Count is 0 or > MostListed
            || (tags.Count > 1 && tags.Contains(EntityTagHeaderValue.Any)))
        {
            return Problem.Malformed(HeaderNames.IfMatch, string.Create(
                CultureInfo.InvariantCulture, $"1 to {MostListed} ETags were expected, such as \"3\" with its quotation marks, or *."));
        }

        if (tags[0].Equals(EntityTagHeaderValue.Any))
            return null;
        versions = [.. tags.Select(VersionOf).Where(version => version != Never).Distinct().Order()];
        if (versions.Count == 0)
            versions = [Never];
        return null;
    }

    /// <summary>Whether the caller has the version already, so that 304 is the answer: a weak comparison, section 13.1.2.</summary>
    public static bool IsKnown(HttpRequest request, long version)
    {
        var header = request.Headers.IfNoneMatch;
        if (header.Count == 0 || !EntityTagHeaderValue.TryParseList(header, out var tags))
            return false;
        var own = new EntityTagHeaderValue(ETag(version));
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, useStrongComparison: false));
    }

    // "01" and "+1" are numbers and no ETags of ours.
    private static long VersionOf(EntityTagHeaderValue tag) =>
        !tag.IsWeak && long.TryParse(tag.Tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && tag.Tag.Equals(ETag(version), StringComparison.Ordinal)
            ? version
            : Never;
}
