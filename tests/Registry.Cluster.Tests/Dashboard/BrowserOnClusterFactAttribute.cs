namespace Registry.Cluster.Tests.Dashboard;

/// <summary>A fact that needs a browser and PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserOnClusterFactAttribute : FactAttribute
{
    public BrowserOnClusterFactAttribute() => Skip = Browser.WhyNot ?? Storage.Tests.Postgres.PostgresServer.WhyNot;
}
