using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>A fact that needs PostgreSQL and a network namespace.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute() => Skip = PostgresServer.WhyNot ?? NetworkNamespace.WhyNot;
}
