using System.Globalization;

namespace Registry.Core;

/// <summary>Instants as RFC 3339 writes them (section 5.6, date-time): the one reader for parameters, filters and bodies.</summary>
public static class Rfc3339
{
    private const int DateCharacters = 10;
    private const int DecimalsKept = 7;

    /// <summary>A date, <c>2026-01-31</c>.</summary>
    public static bool TryReadDate(ReadOnlySpan<char> text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Reads an instant with its offset from UTC, without which it is none.</summary>
    /// <param name="text">
    /// <c>2026-01-31T12:00:00Z</c>; <c>t</c> and <c>z</c> may be small, seconds may have any number of decimals, of which seven count, and the
    /// offset is up to 23:59 hours. A leap second, <c>23:59:60</c> UTC at the end of a month, is the last that the calendar has of its minute.
    /// </param>
    /// <param name="instant">The instant, in UTC.</param>
    /// <returns>False when the text is no instant, or one that lies outside the years 1 to 9999.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length < "2026-01-31T12:00:00Z".Length || !TryReadDate(text[..DateCharacters], out var date) || text[DateCharacters] is not ('T' or 't'))
            return false;
        var time = text[(DateCharacters + 1)..];
        if (time[2] != ':' || time[5] != ':' || !TryTwo(time, 23, out var hour) || !TryTwo(time[3..], 59, out var minute) || !TryTwo(time[6..], 60, out var second))
            return false;
        var rest = time[8..];
        if (!TryReadFraction(ref rest, out var fraction) || !TryReadOffset(rest, out var offset))
            return false;
        var ticks = date.ToDateTime(default).Ticks + new TimeSpan(hour, minute, Math.Min(second, 59)).Ticks + fraction - offset.Ticks;
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks)
            return false;
        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        if (second < 60)
            return true;
        instant = new DateTimeOffset(ticks - fraction + TimeSpan.TicksPerSecond - 1, TimeSpan.Zero);
        return instant is { Hour: 23, Minute: 59 } && instant.Day == DateTime.DaysInMonth(instant.Year, instant.Month);
    }

    private static bool TryTwo(ReadOnlySpan<char> text, int most, out int number)
    {
        number = 0;
        if (text.Length < 2 || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]))
            return false;
        number = ((text[0] - '0') * 10) + text[1] - '0';
        return number <= most;
    }

    // A decimal comma is ISO 8601's and not RFC 3339's.
    private static bool TryReadFraction(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty || text[0] != '.')
            return true;
        var end = text[1..].IndexOfAnyExceptInRange('0', '9');
        if (end <= 0)
            return false;
        var decimals = text.Slice(1, end);
        for (var i = 0; i < DecimalsKept; i++)
            ticks = (ticks * 10) + (i < decimals.Length ? decimals[i] - '0' : 0);
        text = text[(1 + end)..];
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z" or "z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':' || !TryTwo(text[1..], 23, out var hours) || !TryTwo(text[4..], 59, out var minutes))
            return false;
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
