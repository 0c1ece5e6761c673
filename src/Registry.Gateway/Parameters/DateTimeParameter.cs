using System.Globalization;
using Registry.Core;

namespace Registry.Gateway.Parameters;

/// <summary>What a parameter says of time: an instant, a date of the registry's time zone, or an interval of them.</summary>
/// <param name="From">The beginning; null where it is open.</param>
/// <param name="To">The end; null where it is open. The same as <paramref name="From"/> where it is not an interval.</param>
public readonly record struct Period(Moment? From, Moment? To);

/// <summary>An instant, or a date of the registry's time zone, which lasts until its end.</summary>
/// <param name="Instant">The instant; null where it is a date.</param>
/// <param name="Date">The date; null where it is an instant.</param>
public readonly record struct Moment(DateTimeOffset? Instant, DateOnly? Date);

/// <summary>
/// The parameter <c>datetime</c>: an instant or an interval of RFC 3339 (OGC API - Features, /req/core/fc-time-definition), or a date
/// in place of an instant.
/// </summary>
public static class DateTimeParameter
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "datetime";

    /// <summary>The name under which addresses of single objects, and those that are no collections, take an instant or a date.</summary>
    public const string AsAtName = "as-at";

    /// <summary>Reads <c>datetime</c>.</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="period">What it says; null where it is absent.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? Read(ReadOnlyMemory<char>? text, out Period? period)
    {
        period = null;
        if (text is null)
            return null;
        var value = text.Value.Span;
        var slash = value.IndexOf('/');
        if (slash < 0 ? TryRead(value, out period) : TryReadInterval(value[..slash], value[(slash + 1)..], out period))
            return null;
        return Refusal.Malformed(
            Name,
            "An instant of RFC 3339 was expected, such as 2026-01-31T00:00:00Z, or a date, or an interval of two, one of which may be '..'.");
    }

    /// <summary>Reads <c>as-at</c>, which is no interval.</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="period">What it says; null where it is absent.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? ReadAsAt(ReadOnlyMemory<char>? text, out Period? period)
    {
        period = null;
        return text is null || TryRead(text.Value.Span, out period) ? null : Refusal.Malformed(
            AsAtName, "An instant of RFC 3339 was expected, such as 2026-01-31T00:00:00Z, or a date.");
    }

    private static bool TryRead(ReadOnlySpan<char> text, out Period? period)
    {
        period = TryRead(text, out Moment moment) ? new Period(moment, moment) : null;
        return period is not null;
    }

    private static bool TryReadInterval(ReadOnlySpan<char> from, ReadOnlySpan<char> to, out Period? period)
    {
        period = null;
        var (start, end) = (default(Moment), default(Moment));
        var (fromOpen, toOpen) = (from is "" or "..", to is "" or "..");
        if ((fromOpen && toOpen) || (!fromOpen && !TryRead(from, out start)) || (!toOpen && !TryRead(to, out end)))
            return false;
        if (!fromOpen && !toOpen && !IsOrdered(start, end))
            return false;
        period = new Period(fromOpen ? null : start, toOpen ? null : end);
        return true;
    }

    // A date and an instant are compared where the registry's time zone is known.
    private static bool IsOrdered(Moment from, Moment to) =>
        !(from.Instant > to.Instant) && !(from.Date > to.Date);

    private static bool TryRead(ReadOnlySpan<char> text, out Moment moment)
    {
        moment = default;
        if (DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            moment = new Moment(null, date);
            return true;
        }

        if (!DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return false;
        }

        moment = new Moment(instant.ToUniversalTime(), null);
        return true;
    }
}
