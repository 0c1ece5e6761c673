using System.Globalization;
using System.Net;
using Registry.Cluster.Tests.Intruders;
using Registry.Gateway.Tests.Acceptance;
using Registry.Grains.Hosting;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>A registry of three silos and a gateway, or more, each a process, over an empty database.</summary>
public sealed class RegistryCluster : IAsyncDisposable
{
    private const int SilosAtFirst = 3;

    private static readonly (string Name, string Value)[] OfEveryProcess =
    [
        // A process of a test lives for seconds, and most of what it costs is its start: compiled well, as in a deployment, twice as much.
        ("DOTNET_TC_QuickJit", "1"),
        // And compiled again only what is called often even for a deployment (hexadecimal): a fifth less processor time to the first answer.
        ("DOTNET_TC_CallCountThreshold", "1000"),
        // Nobody has to take notice first that it is about to end.
        ("Registry__DrainSeconds", "0"),
    ];

    private readonly TemporaryDirectory _directory = new();
    private readonly NetworkNamespace? _network;
    private readonly List<RegistryProcess> _silos = [];
    private readonly List<RegistryProcess> _gateways = [];
    private readonly int _gatewaysAtFirst;
    private readonly string _environment;
    private readonly Authority? _authority;
    private int _started;

    private RegistryCluster(string database, NetworkNamespace? network, int gateways, string environment, Authority? authority) =>
        (Database, _network, _gatewaysAtFirst, _environment, _authority) = (database, network, gateways, environment, authority);

    /// <summary>The connection string of the journal and the membership.</summary>
    public string Database { get; }

    /// <summary>Where its processes have their certificates, where they have any.</summary>
    public string Certificates => _directory.Path;

    /// <summary>The silos that were started and not ended by the test, in that order.</summary>
    public IReadOnlyList<RegistryProcess> Silos => _silos;

    /// <summary>The gateways, in the Development environment.</summary>
    public IReadOnlyList<RegistryProcess> Gateways => _gateways;

    /// <summary>The first gateway.</summary>
    public RegistryProcess Gateway => _gateways[0];

    /// <summary>Empties the database and starts a cluster over it; ends when its gateways are ready.</summary>
    /// <param name="server">The server of the database.</param>
    /// <param name="network">Where the third silo runs; null for beside the others.</param>
    /// <param name="gateways">How many gateways.</param>
    /// <param name="environment">In which environment the silos run: in Production, as in a deployment, or in Development.</param>
    /// <param name="authority">Who makes the certificates by which its processes know one another; null for plain connections.</param>
    public static async Task<RegistryCluster> Start(
        PostgresServer server, NetworkNamespace? network = null, int gateways = 1, string environment = "Production", Authority? authority = null)
    {
        var database = await server.EmptyDatabase();
        // Silos of the test before are no members of this cluster.
        await PostgresServer.Execute(database, "DROP SCHEMA IF EXISTS orleans CASCADE");
        // As a deployment does before its first process: the cluster serves by a role that can change no entry and no table.
        var serving = PostgresServer.AsServing(database);
        await PostgresJournal.Migrate(database);
        await MembershipSchema.Create(database, CancellationToken.None);
        await ServingRole.Grant(database, serving, MembershipSchema.Grants);
        var cluster = new RegistryCluster(serving, network, gateways, environment, authority);
        try
        {
            await cluster.StartProcesses();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its journal, as the command line tool opens it: a busy database is waited for.</summary>
    public Task<PostgresJournal> OpenJournal() => AwaitedDatabase.Open(() => PostgresJournal.Open(Database, TimeProvider.System), _ => { });

    /// <summary>Starts one more silo; ends when it is a member.</summary>
    public async Task AddSilo() => _silos.Add(await StartSilo(++_started));

    /// <summary>Forgets the processes that ended, and starts others until there are as many silos and gateways as at first.</summary>
    public async Task Restore()
    {
        foreach (var processes in (List<RegistryProcess>[])[_silos, _gateways])
        {
            foreach (var ended in processes.Where(process => process.HasEnded).ToList())
            {
                processes.Remove(ended);
                await ended.DisposeAsync();
            }
        }

        await StartMore(SilosAtFirst - _silos.Count, _gatewaysAtFirst - _gateways.Count);
    }

    /// <summary>Asks every process to end, and starts as many silos and gateways as there were at first.</summary>
    public async Task Restart()
    {
        Assert.All(await Task.WhenAll(_gateways.Select(gateway => gateway.Terminate())), code => Assert.Equal(0, code));
        Assert.All(await Task.WhenAll(_silos.Select(silo => silo.Terminate())), code => Assert.Equal(0, code));
        await EndProcesses();
        await StartProcesses();
    }

    /// <summary>Starts one more gateway, which is the caller's to dispose; ends when it is ready.</summary>
    public Task<RegistryProcess> StartAnotherGateway() => StartGateway();

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
        await EndProcesses();
        _directory.Dispose();
    }

    private async Task StartProcesses()
    {
        _authority?.Write(Certificates, Authority.Silo);
        _authority?.Write(Certificates, Authority.Gateway);
        _started = 0;
        // The first makes the database what it is. It finds no cluster, and so waits for nobody.
        await StartMore(1, 0);
        await StartMore(SilosAtFirst - 1, _gatewaysAtFirst);
    }

    // At once. Where one does not start, those that do are ended with the rest.
    private async Task StartMore(int silos, int gateways)
    {
        var others = Enumerable.Range(0, silos).Select(_ => StartSilo(++_started)).ToList();
        var more = Enumerable.Range(0, gateways).Select(_ => StartGateway()).ToList();
        await ((Task)Task.WhenAll([.. others, .. more])).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _silos.AddRange(others.Where(other => other.IsCompletedSuccessfully).Select(other => other.Result));
        _gateways.AddRange(more.Where(gateway => gateway.IsCompletedSuccessfully).Select(gateway => gateway.Result));
        await Task.WhenAll([.. others, .. more]);
    }

    private async Task EndProcesses()
    {
        foreach (var process in _gateways.Concat(_silos))
            await process.DisposeAsync();
        _gateways.Clear();
        _silos.Clear();
    }

    // The third of a cluster with a network is the one in it.
    private Task<RegistryProcess> StartSilo(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"silo-{number}");
        return _network is null || number < SilosAtFirst
            ? SiloProcess.Start(
                Database, name, _network?.ToSilos.Here, [("ASPNETCORE_ENVIRONMENT", _environment), .. OfEveryProcess, .. TlsOf(Authority.Silo)])
            : SiloProcess.StartIn(_network, Database, name, [.. OfEveryProcess, .. TlsOf(Authority.Silo)]);
    }

    private Task<RegistryProcess> StartGateway() => RegistryProcess.Start(
        _directory.Path, [("Registry__Cluster", "postgres"), ("ConnectionStrings__Registry", Database), .. OfEveryProcess, .. TlsOf(Authority.Gateway)]);

    // The wires of a network namespace are beyond loopback, and this machine's alone.
    private (string Name, string Value)[] TlsOf(string name) =>
        _authority is null ? [("Registry__WithoutTls", "true")] : Authority.Settings(Authority.Files(Certificates, name));
}
