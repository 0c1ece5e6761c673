using System.Globalization;

namespace Registry.Core.Filters;

/// <summary>Dates and timestamps of filters (RFC 3339, full-date and date-time).</summary>
internal static class Instants
{
    /// <summary>A date.</summary>
    /// <exception cref="FilterFaultException">The text is none.</exception>
    public static DateLiteral Date(string text, FilterPlace place) =>
        Rfc3339.TryReadDate(text, out var date)
            ? new DateLiteral(date) { Place = place }
            : throw new FilterFaultException(place, $"A date such as '2026-01-31' was expected, not '{Shown(text)}'.");

    /// <summary>A timestamp. The standard has UTC only; another offset is taken for what it says.</summary>
    /// <exception cref="FilterFaultException">The text is none.</exception>
    public static TimestampLiteral Timestamp(string text, FilterPlace place) =>
        Rfc3339.TryRead(text, out var instant)
            ? new TimestampLiteral(instant) { Place = place }
            : throw new FilterFaultException(place, $"A timestamp such as '2026-01-31T12:00:00Z' was expected, not '{Shown(text)}'.");

    /// <summary>A date or a timestamp, by its length; null for <c>..</c>, no end.</summary>
    /// <exception cref="FilterFaultException">The text is neither.</exception>
    public static FilterExpression? Bound(string text, FilterPlace place)
    {
        const int charactersOfDate = 10;
        if (text == "..")
            return null;
        return text.Length <= charactersOfDate ? Date(text, place) : Timestamp(text, place);
    }

    /// <summary>A timestamp as it is written.</summary>
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A date as it is written.</summary>
    public static string Format(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Shown(string text) => GeoJson.JsonTokens.Shortened(text);
}
