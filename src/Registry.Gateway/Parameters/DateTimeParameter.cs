using System.Globalization;
using Registry.Core;

namespace Registry.Gateway.Parameters;

/// <summary>
/// The parameter <c>datetime</c>: an instant or an interval. The features of the collections are the register as it stands and have no
/// temporal geometry, so every value that is well formed matches all of them (OGC API - Features, /req/core/fc-time-response C).
/// </summary>
public static class DateTimeParameter
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "datetime";

    /// <summary>Checks the parameter's syntax.</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? Check(ReadOnlyMemory<char>? text)
    {
        if (text is null)
            return null;
        var value = text.Value.Span;
        var slash = value.IndexOf('/');
        var sound = slash < 0
            ? TryRead(value, out _)
            : IsInterval(value[..slash], value[(slash + 1)..]);
        return sound ? null : Refusal.Malformed(
            Name, "An instant of RFC 3339 was expected, such as 2026-01-31T00:00:00Z, or an interval of two, one of which may be '..'.");
    }

    private static bool IsInterval(ReadOnlySpan<char> from, ReadOnlySpan<char> to)
    {
        var fromOpen = from is "" or "..";
        var toOpen = to is "" or "..";
        var start = DateTimeOffset.MinValue;
        var end = DateTimeOffset.MaxValue;
        return (fromOpen || TryRead(from, out start)) && (toOpen || TryRead(to, out end)) && start <= end && !(fromOpen && toOpen);
    }

    private static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
