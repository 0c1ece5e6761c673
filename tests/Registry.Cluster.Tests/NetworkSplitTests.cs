using System.Diagnostics;
using System.Globalization;
using System.Net;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;
using Xunit.Abstractions;

namespace Registry.Cluster.Tests;

/// <summary>
/// One silo of three is cut off, from the others or from the database, and goes on as if nothing were. That its word no longer commits
/// is shown step by step in <c>TwoActivationsTests</c> of Registry.Actors.Tests.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class NetworkSplitTests(NetworkSplitTests.Networked networked, ITestOutputHelper output) : IClassFixture<NetworkSplitTests.Networked>
{
    private const int Answers = 200;

    private NetworkNamespace Network => networked.Network;

    [NetworkFact(Timeout = Deadline.OfATest)]
    public async Task A_silo_cut_off_from_the_others_gives_no_ground_that_they_give()
    {
        var cluster = await networked.Whole();
        await using var load = Load.On(cluster);
        await load.MoreAnswers(Answers);

        var since = Stopwatch.StartNew();
        await Network.Cut(Network.ToSilos);
        await cluster.EverySheetAnswers();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Every sheet was read again after {since.Elapsed.TotalSeconds:0.0} s."));
        await load.MoreAnswers(Answers);
        await Network.Mend(Network.ToSilos);
        // It hears that it was declared dead.
        await cluster.Silos[2].Ended().WaitAsync(Deadline.OfAStep);
        await load.MoreAnswers(Answers);

        await load.End();
        await load.NothingWasLost();
    }

    [NetworkFact(Timeout = Deadline.OfATest)]
    public async Task A_silo_cut_off_from_the_database_says_so_and_loses_nothing()
    {
        var cluster = await networked.Whole();
        await using var load = Load.On(cluster);
        await load.MoreAnswers(Answers);

        await Network.Cut(Network.ToDatabase);
        await UntilReadyIs(HttpStatusCode.ServiceUnavailable, cluster.Silos[2]);
        await Network.Mend(Network.ToDatabase);
        await UntilReadyIs(HttpStatusCode.OK, cluster.Silos[2]);
        await load.MoreAnswers(Answers);

        await load.End();
        await load.NothingWasLost();
    }

    private static async Task UntilReadyIs(HttpStatusCode status, RegistryProcess silo)
    {
        using var client = silo.Client();
        using var late = new CancellationTokenSource(Deadline.OfAStep);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using var answer = await client.GetAsync(new Uri("/healthz/ready", UriKind.Relative), late.Token);
            if (answer.StatusCode == status)
                return;
            await again.WaitForNextTickAsync(late.Token);
        }
    }

    /// <summary>A cluster of which one silo lives in a network of its own, on a database server of its own, which listens there.</summary>
    public sealed class Networked : IAsyncLifetime
    {
        private PostgresServer? _server;
        private NetworkNamespace? _network;
        private RegistryCluster? _cluster;

        public NetworkNamespace Network => _network!;

        public async Task InitializeAsync()
        {
            if ((PostgresServer.WhyNot ?? NetworkNamespace.WhyNot) is not null)
                return;
            _network = await NetworkNamespace.Create();
            _server = await PostgresServer.StartNew();
            await _server.ListenOn(_network.ToDatabase.Here, _network.ToDatabase.There);
            _cluster = await RegistryCluster.Start(_server, _network);
        }

        /// <summary>The cluster with three silos, of which the third is the one in the network.</summary>
        public async Task<RegistryCluster> Whole()
        {
            await _cluster!.Restore();
            return _cluster;
        }

        public async Task DisposeAsync()
        {
            if (_cluster is not null)
                await _cluster.DisposeAsync();
            if (_server is not null)
                await _server.DisposeAsync();
            if (_network is not null)
                await _network.DisposeAsync();
        }
    }
}
