namespace Registry.Cluster.Tests.Kills;

/// <summary>Keeps what long tests measure where <c>./dev test --long</c> gathers it for docs/measured.md.</summary>
internal static class Measured
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("REGISTRY_MEASURED");

    /// <summary>Keeps a result; nothing is kept of a test that was started otherwise.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="text">The result, in Markdown.</param>
    public static Task Keep(string name, string text) =>
        Folder is null ? Task.CompletedTask : File.WriteAllTextAsync(Path.Combine(Folder, $"{name}.md"), text);
}
