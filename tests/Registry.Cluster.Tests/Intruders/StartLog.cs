namespace Registry.Cluster.Tests.Intruders;

/// <summary>The log of a process's start.</summary>
public static class StartLog
{
    /// <summary>As many lines as a screen shows.</summary>
    public const int MostLines = 40;
}
