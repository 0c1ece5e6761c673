namespace Registry.Core.Law;

/// <summary>The days of one jurisdiction: which date an instant falls on, and which dates are working days.</summary>
/// <param name="UtcOffset">The registry's time zone, as an offset that does not change within the year.</param>
/// <param name="Holidays">Public holidays that fall on the same date every year, as (month, day).</param>
public sealed record LegalCalendar(TimeSpan UtcOffset, IReadOnlySet<(int Month, int Day)> Holidays)
{
    /// <summary>The date of an instant in the registry's time zone.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(UtcOffset).DateTime);

    /// <summary>The instant at which a date begins in the registry's time zone, in UTC.</summary>
    public DateTimeOffset StartOf(DateOnly date) =>
        new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), UtcOffset).ToUniversalTime();

    /// <summary>The first instant after a date in the registry's time zone, in UTC.</summary>
    public DateTimeOffset EndOf(DateOnly date) => StartOf(date.AddDays(1));

    /// <summary>Whether offices work on a date.</summary>
    public bool IsWorkingDay(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.Contains((date.Month, date.Day));

    /// <summary>The date on which so many working days after a date have passed; the day itself does not count.</summary>
    public DateOnly AddWorkingDays(DateOnly date, int days)
    {
        for (var left = days; left > 0;)
        {
            date = date.AddDays(1);
            if (IsWorkingDay(date))
                left--;
        }

        return date;
    }
}
