using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Actors.Tests;
using Registry.Core.Ground;
using Registry.Grains.Hosting;

namespace Registry.Grains.Tests;

/// <summary>Silos of one Orleans test cluster in this process, over one journal.</summary>
public sealed class RegistryCluster : IActorsHost
{
    private readonly CallCount _calls;

    private RegistryCluster(InProcessTestCluster cluster, CallCount calls)
    {
        (Cluster, _calls) = (cluster, calls);
        Actors = cluster.Client.ServiceProvider.GetRequiredService<IActors>();
    }

    /// <summary>The test cluster.</summary>
    public InProcessTestCluster Cluster { get; }

    /// <inheritdoc/>
    public IActors Actors { get; }

    /// <summary>Calls of the registry's grains so far: by the client, and by grains.</summary>
    public int Calls => _calls.Count;

    /// <summary>As many sheets as Kazakhstan has.</summary>
    public static IEnumerable<SheetId> SheetsOfACountry =>
        (from row in Enumerable.Range(10, 4) from zone in Enumerable.Range(39, 7) select new SheetId(row, zone)).Take(26);

    /// <summary>Starts the silos.</summary>
    /// <param name="country">The registry.</param>
    /// <param name="silos">How many.</param>
    /// <param name="ofSilo">More of what each silo is made of.</param>
    /// <param name="ofClient">More of what the client is made of.</param>
    public static async Task<RegistryCluster> Start(
        SmallCountry country, short silos, Action<ISiloBuilder>? ofSilo = null, Action<IClientBuilder>? ofClient = null)
    {
        var calls = new CallCount();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(country.Regime);
            silo.Services.AddSingleton<IJournal>(country.Journal);
            silo.Services.AddSingleton<TimeProvider>(country.Clock);
            silo.AddRegistry().AddOutgoingGrainCallFilter(calls);
            ofSilo?.Invoke(silo);
        });
        builder.ConfigureClient(client =>
        {
            client.AddRegistry().AddOutgoingGrainCallFilter(calls);
            ofClient?.Invoke(client);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new RegistryCluster(cluster, calls);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }

    private sealed class CallCount : IOutgoingGrainCallFilter
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.InterfaceMethod.DeclaringType!.Namespace!.StartsWith("Registry.", StringComparison.Ordinal))
                Interlocked.Increment(ref _count);
            return context.Invoke();
        }
    }
}
