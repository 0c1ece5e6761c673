namespace Registry.Deployment.Tests.Tools;

/// <summary>Docker Compose: the plugin of docker, or the command of its own that Debian has.</summary>
internal static class DockerCompose
{
    private static readonly string[]? Invocation =
        Command.Run("docker", "compose", "version") is { ExitCode: 0 } ? ["docker", "compose"]
        : Command.Run("docker-compose", "version") is { ExitCode: 0 } ? ["docker-compose"]
        : null;

    /// <summary>Why compose files cannot be read here; null when they can.</summary>
    public static string? WhyNot { get; } = Invocation is null ? "Docker Compose is not installed." : null;

    /// <summary>Runs a command of Compose over the repository's file with the example settings.</summary>
    public static Command Run(params IEnumerable<string> arguments) => Run(new Dictionary<string, string>(), arguments);

    /// <summary>The same with settings of its own, which go before those of the example.</summary>
    public static Command Run(IReadOnlyDictionary<string, string> settings, params IEnumerable<string> arguments) =>
        Command.Run(settings, Invocation![0], [.. Invocation[1..], "--env-file", "deploy/example.env", .. arguments])!;
}

/// <summary>A fact that needs Docker Compose; skipped where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ComposeFactAttribute : FactAttribute
{
    public ComposeFactAttribute() => Skip = DockerCompose.WhyNot;
}
