using System.Text.Json;

namespace Registry.Deployment.Tests.Tools;

/// <summary>The command kubectl, as far as a machine without a cluster needs it.</summary>
internal static class Kubectl
{
    // Of kubectl 1.27, as old as the oldest Kubernetes that the manifests are for.
    private static readonly Version Oldest = new(5, 0);

    /// <summary>Why manifests cannot be built here; null when they can.</summary>
    public static string? WhyNot { get; } = FindWhyNot();

    /// <summary>Builds a directory of manifests.</summary>
    /// <param name="directory">Relative to the repository's top directory.</param>
    public static Command Kustomize(string directory) => Command.Run("kubectl", "kustomize", directory)!;

    private static string? FindWhyNot()
    {
        if (Command.Run("kubectl", "version", "--client", "--output=json") is not { ExitCode: 0 } answer)
            return "kubectl is not installed.";
        using var said = JsonDocument.Parse(answer.Output);
        var version = said.RootElement.TryGetProperty("kustomizeVersion", out var found) ? found.GetString() : null;
        return version is not null && Version.TryParse(version.TrimStart('v'), out var parsed) && parsed >= Oldest
            ? null
            : $"kubectl's kustomize is {version ?? "too old to say its version"}; {Oldest} is needed.";
    }
}

/// <summary>A theory that needs kubectl; skipped where it is missing or too old.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute() => Skip = Kubectl.WhyNot;
}
