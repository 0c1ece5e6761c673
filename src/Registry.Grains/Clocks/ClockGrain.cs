using Registry.Actors;
using Registry.Actors.Hosting;

namespace Registry.Grains.Clocks;

/// <summary>
/// Where the gateways of a cluster in development meet: each tells it how far its clock is ahead by asking, as every call does, and learns
/// what the others told. There is one, of key 0.
/// </summary>
public interface IClockGrain : IGrainWithIntegerKey
{
    /// <summary>How far the clock of its silo is ahead of the machine's, in ticks; null where it is the machine's and cannot be moved.</summary>
    // Who asks does so before every answer that it gives, and had better go on than wait for a silo that died.
    [ResponseTimeout("00:00:00.500")]
    Task<long?> AheadTicks();
}

/// <inheritdoc cref="IClockGrain"/>
/// <param name="ports">The silo's clock among them.</param>
/// <param name="context">The activation.</param>
[KeepAlive]
public sealed class ClockGrain(ActorPorts ports, IGrainContext context) : IClockGrain, IGrainBase
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <inheritdoc/>
    public Task<long?> AheadTicks() => Task.FromResult((ports.Clock as DevelopmentClock)?.Ahead.Ticks);
}
