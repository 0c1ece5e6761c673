using Microsoft.Extensions.DependencyInjection;
using Registry.Actors.Hosting;

namespace Registry.Grains.Clocks;

/// <summary>
/// Has the clocks of a cluster's processes keep up with one another, in development only. The host registers the process's
/// <see cref="DevelopmentClock"/>, as itself and as the registry's clock.
/// </summary>
public static class ClockSetup
{
    /// <summary>A silo whose clock keeps up with those of who call it.</summary>
    public static ISiloBuilder AddClock(this ISiloBuilder silo) =>
        silo.AddOutgoingGrainCallFilter<SendingClock>().AddIncomingGrainCallFilter<HeedingClock>();

    /// <summary>A client that tells its clock with every call, and can ask for the cluster's: <see cref="IOtherClocks"/>.</summary>
    public static IClientBuilder AddClock(this IClientBuilder client)
    {
        client.Services.AddSingleton<IOtherClocks, ClusterClock>();
        return client.AddOutgoingGrainCallFilter<SendingClock>();
    }
}
