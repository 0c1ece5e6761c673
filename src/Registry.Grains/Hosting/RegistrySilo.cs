using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using Registry.Actors;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Law;
using Registry.Grains.Placement;
using Registry.Grains.Wire;

namespace Registry.Grains.Hosting;

/// <summary>What makes an Orleans silo or client one of the registry's.</summary>
public static class RegistrySilo
{
    /// <summary>How the registry's grains travel, live and are placed. The journal, the clock and the regime are the host's to add.</summary>
    public static ISiloBuilder AddRegistry(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IActors>(services => new References(new GrainDispatcher(services.GetRequiredService<IGrainFactory>())));
        silo.Services.AddSingleton(services => new ActorPorts(
            services.GetRequiredService<Regime>(), services.GetRequiredService<IJournal>(),
            services.GetRequiredService<IActors>(), services.GetRequiredService<TimeProvider>()));
        silo.Services.AddSingleton<RendezvousHome>();
        silo.AddPlacementDirector<RendezvousPlacement>(services => services.GetRequiredService<RendezvousHome>());
        silo.Services.AddSerializer(serializer => serializer.AddRegistryWire());
        return silo.Configure<ClusterMembershipOptions>(DetectFailuresQuickly);
    }

    /// <summary>How a client of the cluster, such as a gateway, reaches the registry's grains.</summary>
    public static IClientBuilder AddRegistry(this IClientBuilder client)
    {
        client.Services.AddSingleton<IActors>(services => new References(new GrainDispatcher(services.GetRequiredService<IGrainFactory>())));
        client.Services.AddSerializer(serializer => serializer.AddRegistryWire());
        return client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
    }

    // A dead silo is noticed within a few seconds: a probe a second, dead after two are missed, by the word of two others.
    private static void DetectFailuresQuickly(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 2;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.NumVotesForDeathDeclaration = 2;
    }
}
