using System.Globalization;
using Microsoft.Net.Http.Headers;
using Registry.Gateway.Compression;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Objects;

/// <summary>Versions of objects in HTTP: <c>ETag</c>, <c>If-Match</c>, <c>If-None-Match</c> (RFC 9110, sections 8.8.3 and 13.1).</summary>
internal static class Versions
{
    /// <summary>The most ETags that <c>If-Match</c> may list: each may cost a look at the object.</summary>
    public const int MostListed = 10;

    // No object has it: the first version is 1.
    private const long Never = 0;

    /// <summary>The strong ETag of a version.</summary>
    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Reads <c>If-Match</c>, which is compared strongly: character by character, and a weak ETag is equal to none. That of a
    /// compressed answer names the same version.</summary>
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

    /// <summary>
    /// Under which ETag the caller has the version already, so that 304 is the answer: a weak comparison, section 13.1.2. It may have it
    /// compressed, whatever it asks for now: what it has is the same object.
    /// </summary>
    /// <returns>The strong ETag of what it has; null when it does not have the version.</returns>
    public static string? KnownAs(HttpRequest request, long version)
    {
        var header = request.Headers.IfNoneMatch;
        if (header.Count == 0 || !EntityTagHeaderValue.TryParseList(header, out var tags))
            return null;
        var own = ETag(version);
        foreach (var tag in tags)
        {
            if (tag.Equals(EntityTagHeaderValue.Any))
                return own;
            if (CodedTags.Plain(tag.Tag.AsSpan()).SequenceEqual(own))
                return tag.Tag.ToString();
        }

        return null;
    }

    // "01" and "+1" are numbers and no ETags of ours.
    private static long VersionOf(EntityTagHeaderValue tag)
    {
        var plain = CodedTags.Plain(tag.Tag.AsSpan());
        return !tag.IsWeak && long.TryParse(plain[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && plain.SequenceEqual(ETag(version))
            ? version
            : Never;
    }
}
