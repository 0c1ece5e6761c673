using System.Globalization;
using System.Net;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>A registry of three silos and a gateway, each a process, over an empty database.</summary>
public sealed class RegistryCluster : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<RegistryProcess> _silos = [];
    private RegistryProcess? _gateway;

    private RegistryCluster(string database) => Database = database;

    /// <summary>The connection string of the journal and the membership.</summary>
    public string Database { get; }

    /// <summary>Every silo that was started, in that order.</summary>
    public IReadOnlyList<RegistryProcess> Silos => _silos;

    /// <summary>The gateway, in the Development environment.</summary>
    public RegistryProcess Gateway => _gateway!;

    /// <summary>Empties the database and starts a cluster over it; ends when the gateway is ready.</summary>
    /// <param name="server">The server of the database.</param>
    /// <param name="network">Where the third silo runs; null for beside the others.</param>
    public static async Task<RegistryCluster> Start(PostgresServer server, NetworkNamespace? network = null)
    {
        var database = await server.EmptyDatabase();
        // Silos of the test before are no members of this cluster.
        await PostgresServer.Execute(database, "DROP SCHEMA IF EXISTS orleans CASCADE");
        var cluster = new RegistryCluster(database);
        try
        {
            // The first makes the database what it is.
            var address = network?.ToSilos.Here;
            cluster._silos.Add(await SiloProcess.Start(database, "silo-1", address));
            Task<RegistryProcess>[] others =
            [
                SiloProcess.Start(database, "silo-2", address),
                network is null ? SiloProcess.Start(database, "silo-3") : SiloProcess.StartIn(network, database, "silo-3"),
            ];
            // Where one did not start, the other is ended with the rest.
            await ((Task)Task.WhenAll(others)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var started in others.Where(other => other.IsCompletedSuccessfully))
                cluster._silos.Add(await started);
            await Task.WhenAll(others);
            cluster._gateway = await cluster.StartGateway();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more silo; ends when it is a member.</summary>
    public async Task AddSilo() =>
        _silos.Add(await SiloProcess.Start(Database, string.Create(CultureInfo.InvariantCulture, $"silo-{_silos.Count + 1}")));

    /// <summary>Asks the gateway to end, and starts another.</summary>
    public async Task RestartGateway()
    {
        Assert.Equal(0, await Gateway.Terminate());
        await Gateway.DisposeAsync();
        _gateway = await StartGateway();
    }

    /// <summary>Ends when a query that needs every sheet of the country is answered. Any other answer than 200 and 503 is a failure.</summary>
    public async Task EverySheetAnswers()
    {
        using var client = Gateway.Client();
        using var late = new CancellationTokenSource(Deadline.OfAStep);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            // The number of matches is the sum of what every sheet says.
            using var answer = await client.GetAsync(new Uri("/collections/license-blocks/items?limit=1", UriKind.Relative), late.Token);
            if (answer.StatusCode == HttpStatusCode.OK)
                return;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            await again.WaitForNextTickAsync(late.Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        _directory.Dispose();
    }

    private Task<RegistryProcess> StartGateway() =>
        RegistryProcess.Start(_directory.Path, ("Registry__Cluster", "postgres"), ("ConnectionStrings__Registry", Database));
}
