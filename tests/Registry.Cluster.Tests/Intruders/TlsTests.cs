using System.Globalization;
using System.Net;
using Registry.Grains.Hosting.Tls;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests.Intruders;

/// <summary>
/// A cluster whose processes know one another by certificates, and strangers that reach its ports and even its database. Who gets in with
/// the right certificate, and so was not refused for a fault of the test, stands in the same table.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class TlsTests(TlsTests.Guarded guarded) : IClassFixture<TlsTests.Guarded>
{
    /// <summary>What a stranger shows.</summary>
    public enum Shown
    {
        /// <summary>It does not speak TLS.</summary>
        Nothing,

        /// <summary>A certificate of an authority of its own, with the right name.</summary>
        OfAnotherAuthority,

        /// <summary>A certificate of the cluster's authority, of a gateway at the silos' port, and of a silo at the gateways'.</summary>
        OfTheOtherRole,

        /// <summary>One that was right yesterday.</summary>
        Expired,

        /// <summary>The right one.</summary>
        Right,
    }

    [PostgresTheory(Timeout = Deadline.OfATest)]
    [InlineData(Shown.Nothing, false)]
    [InlineData(Shown.OfAnotherAuthority, false)]
    [InlineData(Shown.OfTheOtherRole, false)]
    [InlineData(Shown.Expired, false)]
    [InlineData(Shown.Right, true)]
    public async Task A_silo_gets_in_with_a_silo_s_certificate_only(Shown shown, bool getsIn)
    {
        var cluster = await guarded.Whole();
        await using var rogue = Rogue.SiloIn(cluster.Database, Files(cluster, shown, Authority.Silo, Authority.Gateway));
        Assert.Equal(getsIn, await rogue.GetsIn());
        Assert.Equal(getsIn ? 1 : 0, await MembersBeside(cluster));
    }

    [PostgresTheory(Timeout = Deadline.OfATest)]
    [InlineData(Shown.Nothing, false)]
    [InlineData(Shown.OfAnotherAuthority, false)]
    [InlineData(Shown.OfTheOtherRole, false)]
    [InlineData(Shown.Expired, false)]
    [InlineData(Shown.Right, true)]
    public async Task A_client_gets_in_with_a_gateway_s_certificate_only(Shown shown, bool getsIn)
    {
        var cluster = await guarded.Whole();
        await using var rogue = Rogue.Client(await PortOfClients(cluster), Files(cluster, shown, Authority.Gateway, Authority.Silo));
        Assert.Equal(getsIn, await rogue.GetsIn());
    }

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task Certificates_are_exchanged_authority_and_all_while_everything_runs()
    {
        var cluster = await guarded.Whole();
        var (old, young) = (guarded.Authority, new Authority());
        // First everybody believes both, then everybody shows the new one's, then nobody believes the old one.
        foreach (var (maker, believed) in new[] { (old, old.Pem + Environment.NewLine + young.Pem), (young, old.Pem + Environment.NewLine + young.Pem), (young, young.Pem) })
        {
            maker.Write(cluster.Certificates, Authority.Silo, believed: believed);
            maker.Write(cluster.Certificates, Authority.Gateway, believed: believed);
            // Connections are made anew: a silo joins those that run, and they and the gateway ask it.
            Assert.Equal(0, await cluster.Silos[0].Terminate());
            await cluster.Restore();
            await cluster.EverySheetAnswers();
        }

        Assert.False(cluster.Gateway.HasEnded);
        await using var late = Rogue.Client(await PortOfClients(cluster), old.Write(cluster.Certificates, Authority.Gateway, file: "late", believed: young.Pem));
        Assert.False(await late.GetsIn());
        await guarded.Renew(young);
    }

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task The_log_of_a_start_fits_on_a_screen()
    {
        var cluster = await guarded.Whole();
        Assert.All(cluster.Silos.Append(cluster.Gateway), process => Assert.InRange(process.LinesOfStart, 1, StartLog.MostLines));
    }

    // Active members beside the silos that the test started.
    private static async Task<long> MembersBeside(RegistryCluster cluster) => (long)(await PostgresServer.Execute(
        cluster.Database, "SELECT count(*) FROM orleans.OrleansMembershipTable WHERE Status = 3"))! - cluster.Silos.Count;

    private static async Task<IPEndPoint> PortOfClients(RegistryCluster cluster) => ListeningPorts.OnLoopback((int)(await PostgresServer.Execute(
        cluster.Database, "SELECT min(ProxyPort) FROM orleans.OrleansMembershipTable WHERE Status = 3"))!);

    private TlsFiles? Files(RegistryCluster cluster, Shown shown, string role, string other)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"rogue-{role}-{shown}");
        return shown switch
        {
            Shown.Nothing => null,
            Shown.OfAnotherAuthority => new Authority().Write(cluster.Certificates, role, file: file, believed: guarded.Authority.Pem),
            Shown.OfTheOtherRole => guarded.Authority.Write(cluster.Certificates, other, file: file),
            Shown.Expired => guarded.Authority.Write(cluster.Certificates, role, validDays: -1, file: file),
            _ => guarded.Authority.Write(cluster.Certificates, role, file: file),
        };
    }

    /// <summary>The cluster, which these tests share.</summary>
    public sealed class Guarded(PostgresFixture postgres) : IAsyncLifetime
    {
        private RegistryCluster? _cluster;

        /// <summary>Who made the certificates of its processes.</summary>
        public Authority Authority { get; private set; } = new();

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            if (_cluster is not null)
                await _cluster.DisposeAsync();
        }

        public async Task<RegistryCluster> Whole() => _cluster ??= await RegistryCluster.Start(postgres.Server, authority: Authority);

        /// <summary>Another authority has taken over: the cluster is started anew for the next test.</summary>
        public async Task Renew(Authority authority)
        {
            Authority = authority;
            await DisposeAsync();
            _cluster = null;
        }
    }
}
