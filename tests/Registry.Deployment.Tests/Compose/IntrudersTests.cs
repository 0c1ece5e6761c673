using System.Net;
using Registry.Cluster.Tests.Intruders;
using Registry.Deployment.Tests.Tools;
using Registry.Grains.Hosting.Tls;

namespace Registry.Deployment.Tests.Compose;

/// <summary>
/// A stranger on the machine of the containers, which reaches the silos' ports and has the database's password, and what the public and
/// those who watch reach.
/// </summary>
[Collection(ContainersCollection.Name)]
public sealed class IntrudersTests
{
    private const int PortOfClients = 30000;

    [ContainersTheory]
    [InlineData(null, false)]
    [InlineData("silo", false)]
    [InlineData("gateway", true)]
    public async Task A_client_gets_in_with_a_gateway_s_certificate_only(string? role, bool getsIn)
    {
        await ContainedRegistry.UntilHealthy();
        await using var rogue = Rogue.Client(new IPEndPoint(ContainedRegistry.AddressOf("silo-1", "silos"), PortOfClients), Certificate(role));
        Assert.Equal(getsIn, await rogue.GetsIn());
    }

    [ContainersTheory]
    [InlineData(null, false)]
    [InlineData("gateway", false)]
    [InlineData("silo", true)]
    public async Task A_silo_gets_in_with_a_silo_s_certificate_only(string? role, bool getsIn)
    {
        await ContainedRegistry.UntilHealthy();
        // The password of deploy/example.env.
        var database = $"Host={ContainedRegistry.AddressOf("postgres", "database")};Database=registry;Username=registry;Password=example";
        await using var rogue = Rogue.SiloIn(database, Certificate(role), ContainedRegistry.AddressIn("silos"));
        Assert.Equal(getsIn, await rogue.GetsIn());
    }

    [ContainersFact]
    public async Task The_proxy_knows_gateways_and_no_silo_and_no_database()
    {
        await ContainedRegistry.UntilHealthy();
        ContainedRegistry.Compose("exec", "-T", "proxy", "nc", "-z", "-w", "5", "gateway-1", "8080");
        Assert.All(["silo-1 8080", "silo-1.silos 11111", "silo-1.silos 30000", "postgres 5432"], other =>
            Assert.NotEqual(0, ContainedRegistry.TryCompose(["exec", "-T", "proxy", "nc", "-z", "-w", "5", .. other.Split(' ')]).ExitCode));
    }

    private static TlsFiles? Certificate(string? role) => role is null ? null : ContainedRegistry.Certificate(role);
}
