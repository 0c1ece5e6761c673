namespace Registry.Deployment.Tests.Kubernetes;

/// <summary>Who reaches whom through the network policies, decided as a cluster decides that enforces them.</summary>
public sealed class NetworkTests
{
    private const string Silo = "registry-silo";
    private const string Gateway = "registry-gateway";
    private const string Signer = "registry-signer";
    private const string Database = "registry-postgres";

    private readonly NetworkPolicies _network = new(Manifests.Parse(Manifests.Written("local")));

    [Theory]
    [InlineData(Silo, Silo, 11111)]
    [InlineData(Gateway, Silo, 30000)]
    [InlineData(Silo, Database, 5432)]
    [InlineData(Gateway, Database, 5432)]
    [InlineData(Signer, Database, 5432)]
    public void The_registry_s_pods_reach_what_they_need(string from, string to, int port) =>
        Assert.True(_network.Connects(Peer.Of(from), Peer.Of(to), port));

    [Theory]
    [InlineData(Gateway, Silo, 11111)]
    [InlineData(Silo, Silo, 30000)]
    [InlineData(Gateway, Silo, 8080)]
    [InlineData(Gateway, Gateway, 8080)]
    [InlineData(Silo, Gateway, 8080)]
    [InlineData(Signer, Silo, 11111)]
    [InlineData(Signer, Silo, 30000)]
    [InlineData(Signer, Gateway, 8080)]
    [InlineData(Gateway, Signer, 8080)]
    [InlineData(Silo, Signer, 8080)]
    [InlineData(Database, Silo, 11111)]
    [InlineData(Database, Database, 5432)]
    [InlineData("a-pod-of-somebody", Silo, 30000)]
    [InlineData("a-pod-of-somebody", Database, 5432)]
    public void The_registry_s_pods_reach_nothing_else(string from, string to, int port) =>
        Assert.False(_network.Connects(Peer.Of(from), Peer.Of(to), port));

    [Theory]
    [InlineData(Silo, 11111)]
    [InlineData(Silo, 30000)]
    [InlineData(Silo, 8080)]
    [InlineData(Database, 5432)]
    public void Another_namespace_reaches_no_silo_no_dashboard_and_no_database_whatever_its_pods_are_called(string to, int port)
    {
        Assert.False(_network.Connects(Peer.Stranger("anybody"), Peer.Of(to), port));
        Assert.False(_network.Connects(Peer.Stranger(Silo), Peer.Of(to), port));
    }

    [Fact]
    public void Everybody_reaches_the_gateways() => Assert.True(_network.Connects(Peer.Stranger("anybody"), Peer.Of(Gateway), 8080));

    [Theory]
    [InlineData(8080, true)]
    [InlineData(11111, false)]
    [InlineData(30000, false)]
    public void A_namespace_of_the_operators_reaches_the_dashboard_and_nothing_else_of_a_silo(int port, bool reaches) =>
        Assert.Equal(reaches, _network.Connects(Peer.Stranger("browser", ("registry/operators", "true")), Peer.Of(Silo), port));

    [Theory]
    [InlineData(Silo)]
    [InlineData(Gateway)]
    [InlineData(Signer)]
    public void Telemetry_leaves_for_the_namespace_of_monitoring_and_for_no_other(string from)
    {
        Assert.True(_network.Connects(Peer.Of(from), Peer.Stranger("collector", ("kubernetes.io/metadata.name", "monitoring")), 4317));
        Assert.False(_network.Connects(Peer.Of(from), Peer.Stranger("collector", ("kubernetes.io/metadata.name", "elsewhere")), 4317));
    }
}
