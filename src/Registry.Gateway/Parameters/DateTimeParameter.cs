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
/// The parameters of time. <c>datetime</c>, when features were in force, as is known now: an instant or an interval of RFC 3339 (OGC API -
/// Features, /req/core/fc-time-definition), or a date in place of an instant. <c>as-at</c>, what the register said: an instant or a date.
/// </summary>
public static class DateTimeParameter
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "datetime";

    /// <summary>The name of the parameter that says as at which instant, or the end of which date, the register is asked.</summary>
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
            "An instant with its zone was expected, such as 2026-01-31T00:00:00Z, or a date, or an interval of two, one of which may be '..'.");
    }

    /// <summary>Reads <c>as-at</c>, which is no interval.</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="moment">What it says; null where it is absent.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? ReadAsAt(ReadOnlyMemory<char>? text, out Moment? moment)
    {
        moment = null;
        if (text is null)
            return null;
        if (!TryRead(text.Value.Span, out Moment read))
            return Refusal.Malformed(AsAtName, "An instant with its zone was expected, such as 2026-01-31T00:00:00Z, or a date.");
        moment = read;
        return null;
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
        if (Rfc3339.TryReadDate(text, out var date))
        {
            moment = new Moment(null, date);
            return true;
        }

        // A + that a client left as it is in an address arrives as a blank, and can have been nothing else.
        if (text.Length > 6 && text[^6] == ' ')
            text = string.Concat(text[..^6], "+", text[^5..]);
        if (!Rfc3339.TryRead(text, out var instant))
            return false;
        moment = new Moment(instant, null);
        return true;
    }
}
