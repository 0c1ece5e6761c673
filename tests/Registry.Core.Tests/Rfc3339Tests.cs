namespace Registry.Core.Tests;

/// <summary>Which texts are instants (RFC 3339, section 5.6).</summary>
public class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.0000000")]
    [InlineData("2026-01-31t12:00:00z", "2026-01-31T12:00:00.0000000")]
    [InlineData("2026-01-31T12:00:00+05:00", "2026-01-31T07:00:00.0000000")]
    [InlineData("2026-01-31T12:00:00-23:59", "2026-02-01T11:59:00.0000000")]
    [InlineData("2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00.0000000")]
    [InlineData("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.5000000")]
    [InlineData("2026-01-31T12:00:00.1234567Z", "2026-01-31T12:00:00.1234567")]
    [InlineData("2026-01-31T12:00:00.123456789123456789123456789Z", "2026-01-31T12:00:00.1234567")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.9999999")]
    [InlineData("2016-12-31T23:59:60.5Z", "2016-12-31T23:59:59.9999999")]
    [InlineData("2017-01-01T04:59:60+05:00", "2016-12-31T23:59:59.9999999")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    public void An_instant_is_read(string text, string expected)
    {
        Assert.True(Rfc3339.TryRead(text, out var instant));
        Assert.Equal(expected, instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, instant.Offset);
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31T12:00Z")]
    [InlineData("2026-01-31 12:00:00Z")]
    [InlineData("2026-01-31T12:00:00+0500")]
    [InlineData("2026-01-31T12:00:00+05")]
    [InlineData("2026-01-31T12:00:00+24:00")]
    [InlineData("2026-01-31T12:00:00,5Z")]
    [InlineData("2026-01-31T12:00:00.Z")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T12:60:00Z")]
    [InlineData("2026-01-31T12:00:61Z")]
    [InlineData("2026-01-31T12:00:60Z")]
    [InlineData("2026-01-30T23:59:60Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+05:00")]
    [InlineData("9999-12-31T23:59:59-05:00")]
    [InlineData("2026-01-31T12:00:00ZZ")]
    [InlineData("2026-01-31T1\u0662:00:00Z")]
    [InlineData("2026-01-31")]
    [InlineData("")]
    public void What_has_no_zone_or_is_no_instant_is_none(string text) => Assert.False(Rfc3339.TryRead(text, out _));
}
