using Registry.Actors.Contracts;
using Registry.Actors.Hosting;

namespace Registry.Grains.Clocks;

/// <summary>The clocks of the silos, and through them those of the other gateways, for a gateway in development.</summary>
/// <param name="clock">The gateway's clock.</param>
/// <param name="grains">Of the cluster's client, which tells that clock with every call.</param>
internal sealed class ClusterClock(DevelopmentClock clock, IGrainFactory grains) : IOtherClocks
{
    private volatile bool _stands;

    /// <inheritdoc/>
    /// <remarks>Silos that were found to have the clock of the machine are not asked again.</remarks>
    public async Task KeepUp()
    {
        if (_stands)
            return;
        try
        {
            await Meet();
        }
        catch (ActorUnavailableException)
        {
            // The answer that is about to be made shows what the silos know; no more than its time may be behind.
        }
    }

    /// <inheritdoc/>
    public async Task<bool> Meet()
    {
        var ahead = await GrainDispatcher.Guarded(() => grains.GetGrain<IClockGrain>(0).AheadTicks());
        _stands = ahead is null;
        if (ahead is { } ticks)
            clock.KeepUpWith(new TimeSpan(ticks));
        return ahead is not null;
    }
}
