using Microsoft.AspNetCore.Http;
using Registry.Core.Countries;
using Registry.Gateway.Past;
using Registry.Storage.InMemory;

namespace Registry.Gateway.Tests.Past;

/// <summary>A gateway whose machine's clock is behind that of another one, by which a caller asks it.</summary>
public sealed class ClockBehindTests
{
    [Fact]
    public async Task An_instant_that_another_gateway_has_just_shown_is_waited_for()
    {
        var behind = new ClockBehind(TimeSpan.FromMilliseconds(200));
        var past = new PastRegister(new InMemoryJournal(behind), Regimes.Kazakhstan, behind);
        var shown = DateTimeOffset.UtcNow;

        var (asAt, refusal) = await past.Resolve(new QueryString($"?as-at={shown:yyyy-MM-ddTHH:mm:ss.ffffffZ}"));

        Assert.Null(refusal);
        Assert.Equal(0, asAt!.Value.Cut);
        Assert.True(behind.GetUtcNow() >= asAt.Value.Instant);
    }

    [Fact]
    public async Task What_is_more_than_a_second_ahead_is_refused_at_once()
    {
        var behind = new ClockBehind(TimeSpan.FromMinutes(1));
        var past = new PastRegister(new InMemoryJournal(behind), Regimes.Kazakhstan, behind);

        var (_, refusal) = await past.Resolve(new QueryString($"?as-at={DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}"));

        Assert.Equal("as-at", Assert.Single(refusal!.Faults).Pointer);
    }

    private sealed class ClockBehind(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - by;
    }
}
