using Microsoft.Extensions.DependencyInjection;
using Registry.Actors.Hosting;

namespace Registry.Grains.Clocks;

/// <summary>
/// Has the clocks of a cluster's processes keep up with one another, in development only. The host registers the process's
/// <see cref="DevelopmentClock"/>.
/// </summary>
/// <remarks>
/// A silo does not register it as the <see cref="TimeProvider"/>, by which Orleans goes too: by a clock that jumped, a silo takes itself
/// and others for silent since.
/// </remarks>
public static class ClockSetup
{
    /// <summary>A silo whose clock keeps up with those of who call it.</summary>
    public static ISiloBuilder AddClock(this ISiloBuilder silo) =>
        silo.AddOutgoingGrainCallFilter<SendingClock>().AddIncomingGrainCallFilter<HeedingClock>();

    /// <summary>The registry's clock in a process: the one that can be moved, in development, or else the machine's.</summary>
    internal static TimeProvider ClockOf(IServiceProvider services) =>
        services.GetService<DevelopmentClock>() ?? services.GetRequiredService<TimeProvider>();

    /// <summary>A client that tells its clock with every call, and can ask for the cluster's: <see cref="IOtherClocks"/>.</summary>
    public static IClientBuilder AddClock(this IClientBuilder client)
    {
        client.Services.AddSingleton<IOtherClocks, ClusterClock>();
        return client.AddOutgoingGrainCallFilter<SendingClock>();
    }
}
