using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Registry.Grains.Hosting.Tls;

namespace Registry.Deployment.Tests.Tools;

/// <summary>
/// The registry in containers, for real: images are built, and what serves is started as docker-compose.yml says; what only watches it
/// (collector, Prometheus, Grafana) is not. One for all tests, each of which leaves it whole.
/// </summary>
public sealed class ContainedRegistry : IAsyncLifetime
{
    /// <summary>What is started, by the names of docker-compose.yml; each has a health check.</summary>
    public static readonly IReadOnlyList<string> Watched = ["postgres", "silo-1", "silo-2", "silo-3", "gateway-1", "gateway-2", "signer", "proxy"];

    // A name of its own, and below any ports that are free: whoever runs the tests may have a registry of their own running.
    private const string Project = "registry-tests";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenAskings = TimeSpan.FromMilliseconds(500);
    private static readonly string s_certificates = Path.Combine(Path.GetTempPath(), $"registry-certificates-{Path.GetRandomFileName()}");
    private static readonly string s_logKey = Path.Combine(Path.GetTempPath(), $"registry-log-{Path.GetRandomFileName()}");

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["REGISTRY_PORT"] = "0",
        ["DASHBOARD_PORT"] = "0",
        ["CERTIFICATES"] = s_certificates,
        ["LOG_KEY"] = s_logKey,
    };

    /// <summary>Builds the images, starts everything, and waits until all are healthy.</summary>
    public async Task InitializeAsync()
    {
        if (DockerEngine.WhyNot is not null)
            return;
        Make("k8s/make-certificates", s_certificates);
        Compose("--profile", "tools", "build", "cli", "silo-1", "gateway-1");
        Make("k8s/make-log-key", s_logKey);
        Compose(["up", "--detach", .. Watched]);
        await UntilHealthy();
    }

    /// <summary>Takes everything away, the database too.</summary>
    public Task DisposeAsync()
    {
        if (DockerEngine.WhyNot is null)
        {
            Compose("down", "--volumes", "--timeout", "45");
            Directory.Delete(s_certificates, recursive: true);
            Directory.Delete(s_logKey, recursive: true);
        }

        return Task.CompletedTask;
    }

    /// <summary>Runs a command of Compose, which must succeed.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public static string Compose(params IEnumerable<string> arguments)
    {
        var answer = TryCompose(arguments);
        Assert.True(answer.ExitCode == 0, $"{string.Join(' ', arguments)}: {answer.Errors}{answer.Output}");
        return answer.Output;
    }

    /// <summary>Runs a command of Compose, which may fail.</summary>
    internal static Command TryCompose(params IEnumerable<string> arguments) => DockerCompose.Run(Settings, ["--project-name", Project, .. arguments]);

    /// <summary>Runs the command <c>registry</c> beside the database, as docs/operating.md has it.</summary>
    public static string Registry(params IEnumerable<string> arguments) =>
        Compose(["run", "--rm", "-T", "cli", .. arguments, "--postgres", "ConnectionStrings__Registry"]).Trim();

    /// <summary>What Docker knows of a service's container, running or ended.</summary>
    /// <param name="service">The name of docker-compose.yml.</param>
    /// <param name="format">A template of <c>docker inspect</c>.</param>
    public static string Inspect(string service, string format) => Docker("inspect", "--format", format, Docker(
        "ps", "--all", "--quiet", "--no-trunc",
        "--filter", $"label=com.docker.compose.project={Project}", "--filter", $"label=com.docker.compose.service={service}"));

    /// <summary>The certificate that containers of a role have, as files of this machine.</summary>
    public static TlsFiles Certificate(string role) => new(
        Path.Combine(s_certificates, role, "tls.crt"), Path.Combine(s_certificates, role, "tls.key"), Path.Combine(s_certificates, role, "ca.crt"));

    /// <summary>Where a service's container is in a network of docker-compose.yml; this machine reaches it there.</summary>
    public static IPAddress AddressOf(string service, string network) =>
        IPAddress.Parse(Inspect(service, $"{{{{(index .NetworkSettings.Networks \"{Project}_{network}\").IPAddress}}}}"));

    /// <summary>Where this machine is in a network of docker-compose.yml.</summary>
    public static IPAddress AddressIn(string network) =>
        IPAddress.Parse(Docker("network", "inspect", "--format", "{{(index .IPAM.Config 0).Gateway}}", $"{Project}_{network}"));

    /// <summary>A client of what a service shows of its port 8080 to this machine.</summary>
    public static HttpClient Client(string service, string? key = null)
    {
        var port = Compose("port", service, "8080").Split('\n')[0].Split(':')[^1];
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(10) };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Waits until every container that was started says of itself that it is healthy.</summary>
    public static async Task UntilHealthy()
    {
        foreach (var service in Watched)
        {
            Assert.True(
                await Within(StartLimit, () => Task.FromResult(Inspect(service, "{{.State.Health.Status}}") == "healthy")),
                $"{service} is not healthy: {Inspect(service, "{{json .State}}")}{Compose("logs", "--tail", "50", service)}");
        }
    }

    /// <summary>Asks again and again until something is so.</summary>
    /// <returns>Whether it was, before the limit.</returns>
    public static async Task<bool> Within(TimeSpan limit, Func<Task<bool>> isSo)
    {
        using var pause = new PeriodicTimer(BetweenAskings);
        for (var since = Stopwatch.StartNew(); since.Elapsed < limit; await pause.WaitForNextTickAsync())
        {
            if (await isSo())
                return true;
        }

        return false;
    }

    private static void Make(string script, string directory)
    {
        var answer = Command.Run(script, directory)!;
        Assert.True(answer.ExitCode == 0, $"{script}: {answer.Errors}");
    }

    private static string Docker(params IEnumerable<string> arguments)
    {
        var answer = Command.Run("docker", arguments)!;
        Assert.True(answer.ExitCode == 0, $"{string.Join(' ', arguments)}: {answer.Errors}");
        return answer.Output.Trim();
    }
}

/// <summary>The tests that share the containers, and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ContainersCollection : ICollectionFixture<ContainedRegistry>
{
    public const string Name = "containers";
}
