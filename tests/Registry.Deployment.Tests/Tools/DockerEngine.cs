using System.Text.RegularExpressions;

namespace Registry.Deployment.Tests.Tools;

/// <summary>A Docker engine, and the images that the registry's are made from.</summary>
internal static partial class DockerEngine
{
    /// <summary>Why containers cannot be run here; null when they can.</summary>
    public static string? WhyNot { get; } = DockerCompose.WhyNot ?? NoEngine() ?? NoImage();

    private static string? NoEngine() => Command.Run("docker", "info") is { ExitCode: 0 } ? null : "There is no Docker engine.";

    // An engine without a way to the registries of images is of no use, unless somebody has put them there.
    private static string? NoImage() => ImagesOfOthers()
        .Where(image => Command.Run("docker", "image", "inspect", image) is not { ExitCode: 0 })
        .Where(image => Command.Run("docker", "manifest", "inspect", image) is not { ExitCode: 0 })
        .Select(image => $"The image {image} is not here and cannot be had.")
        .FirstOrDefault();

    private static IEnumerable<string> ImagesOfOthers() => From().Matches(Repository.Read("Dockerfile")).Select(match => match.Groups[1].Value)
        .Concat(ContainedRegistry.Watched.Select(service => Yaml.Parse(Repository.Read("docker-compose.yml")).Single().Text("services", service, "image")!)
            .Where(image => !image.StartsWith("registry-", StringComparison.Ordinal)))
        .Distinct();

    [GeneratedRegex(@"^FROM (\S+:\S+)", RegexOptions.Multiline)]
    private static partial Regex From();
}

/// <summary>A fact that runs containers; skipped where there is no Docker engine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainersFactAttribute : FactAttribute
{
    public ContainersFactAttribute() => Skip = DockerEngine.WhyNot;
}

/// <summary>A theory that runs containers; skipped where there is no Docker engine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainersTheoryAttribute : TheoryAttribute
{
    public ContainersTheoryAttribute() => Skip = DockerEngine.WhyNot;
}
