using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Registry.Actors;
using Registry.Actors.Journal;
using Registry.Actors.Tests;
using Registry.Grains.Hosting;

namespace Registry.Grains.Tests;

/// <summary>Silos of one Orleans test cluster in this process, over one journal.</summary>
public sealed class RegistryCluster : IActorsHost
{
    private RegistryCluster(InProcessTestCluster cluster)
    {
        Cluster = cluster;
        Actors = cluster.Client.ServiceProvider.GetRequiredService<IActors>();
    }

    /// <summary>The test cluster.</summary>
    public InProcessTestCluster Cluster { get; }

    /// <inheritdoc/>
    public IActors Actors { get; }

    /// <summary>Starts the silos.</summary>
    public static async Task<RegistryCluster> Start(SmallCountry country, short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(country.Regime);
            silo.Services.AddSingleton<IJournal>(country.Journal);
            silo.Services.AddSingleton<TimeProvider>(country.Clock);
            silo.AddRegistry();
        });
        builder.ConfigureClient(client => client.AddRegistry());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new RegistryCluster(cluster);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }
}
