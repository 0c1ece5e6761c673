using Registry.Actors.Journal;
using Registry.Cluster.Tests;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Postgres;

namespace Registry.Gateway.Tests.Serving;

/// <summary>
/// The second target of the tests of Registry.Gateway.Tests that speak nothing but HTTP: they are compiled into this project unchanged,
/// and here find a cluster of processes under the name of the one process that they find there.
/// </summary>
public sealed class RegistryServer : IAsyncLifetime
{
    private readonly Turn _turn = new();
    private PostgresServer? _postgres;
    private RegistryCluster? _cluster;
    private PostgresJournal? _keyring;

    private RegistryCluster Cluster => _cluster!;

    /// <summary>
    /// Starts the database, three silos and two gateways, all in development, as <c>./dev cluster</c> does; ends when they are ready.
    /// </summary>
    public async Task InitializeAsync()
    {
        _postgres = await PostgresServer.StartNew();
        _cluster = await RegistryCluster.Start(_postgres, gateways: 2, environment: "Development");
        _keyring = await _cluster.OpenJournal();
    }

    public async Task DisposeAsync()
    {
        if (_keyring is not null)
            await _keyring.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }

    /// <summary>Where one of its gateways listens.</summary>
    public Uri Address => Cluster.Gateway.Address;

    /// <summary>The keys that it believes, as the command line tool reaches them.</summary>
    public IKeyring Keyring => _keyring!;

    /// <summary>Ends every process of it but the database, in good order, and starts it again.</summary>
    public Task Restart() => Cluster.Restart();

    /// <summary>A client whose requests reach one gateway after the other.</summary>
    public HttpClient Http() => new(new GatewaysInTurns(_turn, [.. Cluster.Gateways.Select(gateway => gateway.Address)])) { BaseAddress = Address };

    /// <summary>The same, which sends a key with everything.</summary>
    /// <param name="key">The key; null for nobody.</param>
    public RegistryClient As(string? key) => new(Http(), key);

    public RegistryClient Nobody() => As(null);

    public RegistryClient ApplicantA() => As("dev-applicant-a");

    public RegistryClient ApplicantB() => As("dev-applicant-b");

    public RegistryClient Registrar() => As("dev-registrar");

    public RegistryClient Operator() => As("dev-operator");
}

/// <summary>Tests that share one cluster; each takes ground of its own.</summary>
[CollectionDefinition(Name)]
public sealed class OneServer : ICollectionFixture<RegistryServer>
{
    public const string Name = "one server";
}
