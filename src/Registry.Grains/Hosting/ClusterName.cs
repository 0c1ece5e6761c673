namespace Registry.Grains.Hosting;

/// <summary>How the registry's silos and clients find one another.</summary>
public static class ClusterName
{
    /// <summary>The cluster, and the service that it runs. One database keeps one registry.</summary>
    public const string Registry = "registry";

    /// <summary>How Orleans names the PostgreSQL provider.</summary>
    public const string Provider = "Npgsql";
}
