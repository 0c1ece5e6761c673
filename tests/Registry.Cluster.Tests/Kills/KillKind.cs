namespace Registry.Cluster.Tests.Kills;

/// <summary>What is lost at once.</summary>
public enum KillKind
{
    /// <summary>One silo of three, by SIGKILL.</summary>
    OneSilo,

    /// <summary>Two silos of three at the same time, by SIGKILL.</summary>
    TwoSilos,

    /// <summary>One silo of three, asked to end by SIGTERM.</summary>
    SiloAskedToEnd,

    /// <summary>One gateway of two, by SIGKILL.</summary>
    Gateway,

    /// <summary>Every process of the database; it is started again at once, and recovers from its log.</summary>
    Database,
}
