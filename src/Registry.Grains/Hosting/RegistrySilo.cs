using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;
using Registry.Actors;
using Registry.Actors.Contracts;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Law;
using Registry.Grains.Clocks;
using Registry.Grains.Placement;
using Registry.Grains.Sheets;
using Registry.Grains.Wire;

namespace Registry.Grains.Hosting;

/// <summary>What makes an Orleans silo or client one of the registry's.</summary>
public static class RegistrySilo
{
    private static readonly TimeSpan ConnectPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RangeLease = TimeSpan.FromSeconds(3);

    // Where grains are, a silo remembers of so many, also of those that are gone since: by Orleans's default of a million, some 250 MB that
    // questions for made-up ids can fill. A country has some 35,000 objects.
    private const int MostKnownPlaces = 100_000;

    /// <summary>How the registry's grains travel, live and are placed. The journal, the clock and the regime are the host's to add.</summary>
    public static ISiloBuilder AddRegistry(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<LocalActors>();
        silo.Services.AddSingleton<IActors>(services => new References(
            new GrainDispatcher(services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<LocalActors>())));
        silo.Services.AddSingleton(services => new ActorPorts(
            services.GetRequiredService<Regime>(), services.GetRequiredService<IJournal>(),
            services.GetRequiredService<IActors>(), ClockSetup.ClockOf(services)));
        silo.Services.AddSingleton<RendezvousHome>();
        silo.AddPlacementDirector<RendezvousPlacement>(services => services.GetRequiredService<RendezvousHome>());
        silo.Services.AddSingleton<SheetDirectory>();
        silo.AddGrainService<SiloSheets>();
        silo.ConfigureLogging(Quiet);
        silo.Services.AddSerializer(serializer => serializer.AddRegistryWire());
        return silo
            .Configure<ClusterMembershipOptions>(DetectFailuresQuickly)
            .Configure<GrainDirectoryOptions>(options => options.CacheSize = MostKnownPlaces);
    }

    /// <summary>A cluster of one silo in this process, which nobody else can join or call: no server, no configuration, no port.</summary>
    public static ISiloBuilder AloneOnThisMachine(this ISiloBuilder silo)
    {
        NoTransport.Replace(silo.Services);
        // The address by which the silo knows itself. Nothing listens there.
        return silo.UseLocalhostClustering(gatewayPort: 0, serviceId: ClusterName.Registry, clusterId: ClusterName.Registry);
    }

    /// <summary>One silo of a cluster whose membership PostgreSQL keeps.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="connectionString">Of the registry's database; <see cref="MembershipSchema.Create"/> was called there.</param>
    public static ISiloBuilder InPostgres(this ISiloBuilder silo, string connectionString) => silo
        .KeepSheetsOfSurvivors()
        .Configure<ClusterOptions>(Name)
        .UseAdoNetClustering(options =>
            (options.Invariant, options.ConnectionString) = (ClusterName.Provider, MembershipSchema.ConnectionString(connectionString)));

    /// <summary>A client of that cluster.</summary>
    /// <param name="client">The client.</param>
    /// <param name="connectionString">Of the registry's database.</param>
    public static IClientBuilder InPostgres(this IClientBuilder client, string connectionString) => client
        .Configure<ClusterOptions>(Name)
        .UseAdoNetClustering(options =>
            (options.Invariant, options.ConnectionString) = (ClusterName.Provider, MembershipSchema.ConnectionString(connectionString)));

    /// <summary>How a client of the cluster, such as a gateway, reaches the registry's grains.</summary>
    public static IClientBuilder AddRegistry(this IClientBuilder client)
    {
        client.Services.AddSingleton<IActors>(services =>
        {
            var grains = services.GetRequiredService<IGrainFactory>();
            return new ClusterActors(new PatientDispatcher(new GrainDispatcher(grains, local: null), TimeProvider.System), grains);
        });
        client.Services.AddSerializer(serializer => serializer.AddRegistryWire());
        client.Services.AddLogging(Quiet);
        return client
            .UseConnectionRetryFilter(UntilThereIsACluster)
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
    }

    // Orleans tells much as it starts, and by Polly two lines for each activation; the log of a start is to fit on a screen. Under the name
    // of the silo's service it tells when that begins, and which part of a ring it has, which means nothing for this one.
    private static void Quiet(ILoggingBuilder logging) => logging
        .AddFilter("Orleans", LogLevel.Warning)
        .AddFilter("Polly", LogLevel.Warning)
        .AddFilter(typeof(SiloSheets).FullName, LogLevel.Warning);

    // With Orleans's default directory, where a grain is known by one silo only, a silo that ends takes that knowledge with it, and the
    // sheets that it knew of are loaded anew on silos that stay (docs/architecture.md has the figures). This one hands it over, or
    // gathers it again from those that stay; for the time of the lease nobody registers in the range of a silo that died.
    private static ISiloBuilder KeepSheetsOfSurvivors(this ISiloBuilder silo)
    {
#pragma warning disable ORLEANSEXP003 // An interface that may change with Orleans's version: SpreadTests of the cluster hold what is expected of it.
        return silo.AddDistributedGrainDirectory().Configure<GrainDirectoryOptions>(options => options.RangeLeaseDuration = RangeLease);
#pragma warning restore ORLEANSEXP003
    }

    // A client may be up before its silos are, or before they have made their tables.
    private static async Task<bool> UntilThereIsACluster(Exception fault, CancellationToken cancellation)
    {
        await Task.Delay(ConnectPeriod, cancellation);
        return true;
    }

    private static void Name(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (ClusterName.Registry, ClusterName.Registry);

    // A dead silo is noticed within a few seconds: a probe every two, dead after two are missed, by the word of two others. Orleans fits
    // the time of a probe to how fast a silo answered so far, between the least and the most; with one that only starts, and has
    // answered nothing yet, it waits the longest. There it matters most: while fewer than three silos are active, Orleans takes the word
    // of one, and a process that starts on a busy machine is silent for seconds.
    private static void DetectFailuresQuickly(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(4);
        options.MinProbeTimeout = TimeSpan.FromSeconds(2);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(4);
        options.NumMissedProbesLimit = 2;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.NumVotesForDeathDeclaration = 2;
        NoticeWhoIsSilentToTheDatabase(options);
    }

    // Votes are needed of as many silos as write their heartbeat: two, or one where fewer than three write it. When two of three silos are
    // lost at once, the one left is alone only once their heartbeats are stale; by Orleans's default that takes 90 s. A silo that is cut off
    // from the others sees in the database that they go on writing, and so cannot declare them dead by itself.
    private static void NoticeWhoIsSilentToTheDatabase(ClusterMembershipOptions options)
    {
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedTableIAmAliveLimit = 3;
    }
}
