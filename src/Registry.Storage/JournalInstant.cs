namespace Registry.Storage;

/// <summary>The instants that journals keep: UTC, in whole microseconds, the finest unit that every database keeps.</summary>
internal static class JournalInstant
{
    // Counted from year 1, ticks are never negative, and so division rounds down before 1970 too.
    private const long EpochMicroseconds = 62_135_596_800_000_000;

    /// <summary>An instant cut to whole microseconds, in UTC.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) => FromMicroseconds(ToMicroseconds(instant));

    /// <summary>Whether a clock has come to an instant.</summary>
    public static bool HasCome(TimeProvider clock, DateTimeOffset instant) => instant <= clock.GetUtcNow();

    /// <summary>Whole microseconds since 1970, rounded down.</summary>
    public static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks / TimeSpan.TicksPerMicrosecond) - EpochMicroseconds;

    /// <summary>The inverse of <see cref="ToMicroseconds"/>.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
