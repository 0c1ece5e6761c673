using System.Text.RegularExpressions;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Compose;

/// <summary>docker-compose.yml, as it is written and as Compose reads it.</summary>
public sealed partial class ComposeFileTests
{
    private const double DrainSeconds = 30;

    private readonly string _text = Repository.Read("docker-compose.yml");
    private readonly YamlMappingNode _services = (YamlMappingNode)Yaml.Parse(Repository.Read("docker-compose.yml")).Single().At("services")!;

    [ComposeFact]
    public void Compose_reads_it()
    {
        var answer = DockerCompose.Run("config", "--quiet");
        Assert.True(answer.ExitCode == 0, answer.Errors);
    }

    [Fact]
    public void Every_password_comes_from_the_environment_and_a_missing_one_is_told()
    {
        var passwords = _services.AllNodes.OfType<YamlMappingNode>().SelectMany(mapping => mapping)
            .Where(pair => pair.Value is YamlScalarNode).Select(pair => $"{pair.Key}={pair.Value}")
            .Where(pair => pair.Contains("PASSWORD=", StringComparison.OrdinalIgnoreCase)).ToArray();
        Assert.NotEmpty(passwords);
        Assert.All(passwords, pair => Assert.Matches(FromEnvironment(), pair));
    }

    [Fact]
    public void There_are_three_silos_and_two_gateways_each_with_a_name_that_stays()
    {
        Assert.Equal(["silo-1", "silo-2", "silo-3"], HostsOf("registry-silo:local"));
        Assert.Equal(["gateway-1", "gateway-2"], HostsOf("registry-gateway:local"));
    }

    [Fact]
    public void Processes_of_the_registry_have_longer_to_stop_than_they_take_and_no_privileges() =>
        Assert.All(Registry(), service =>
        {
            Assert.True(double.Parse(service.Text("stop_grace_period")!.TrimEnd('s')) > DrainSeconds);
            Assert.Equal("true", service.Text("read_only"));
            Assert.Contains(service.Items("cap_drop"), capability => capability.Text() == "ALL");
        });

    [Fact]
    public void Nothing_begins_before_the_tables_are_there_and_only_what_makes_them_knows_their_owner()
    {
        var migrate = _services.Single(service => service.Key.Text() == "migrate").Value;
        Assert.Equal("service_healthy", migrate.Text("depends_on", "postgres", "condition"));
        Assert.All(Registry().Where(service => service != migrate), service =>
        {
            Assert.Equal("service_completed_successfully", service.Text("depends_on", "migrate", "condition"));
            Assert.Null(service.Text("environment", "ConnectionStrings__Migration"));
            Assert.Contains("Username=registry_serving;", service.Text("environment", "ConnectionStrings__Registry"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_proxy_knows_every_gateway()
    {
        var proxy = Repository.Read("deploy", "nginx", "default.conf");
        Assert.All(HostsOf("registry-gateway:local"), host => Assert.Contains($"server {host}:8080 resolve", proxy));
    }

    [Fact]
    public void Only_the_registry_listens_beyond_this_machine() =>
        Assert.All(_services.Where(service => service.Key.Text() != "proxy").SelectMany(service => service.Value.Items("ports")), port =>
            Assert.StartsWith("127.0.0.1:", port.Text()));

    [Fact]
    public void Silos_are_reached_by_silos_and_gateways_alone_and_listen_in_their_network()
    {
        Assert.Equal(
            ["gateway-1", "gateway-2", "silo-1", "silo-2", "silo-3"],
            _services.Where(service => NetworksOf(service.Value).Contains("silos")).Select(service => service.Key.Text()!).Order());
        Assert.All(HostsOf("registry-silo:local"), silo =>
        {
            Assert.Equal($"{silo}.silos", _services.At(silo).Text("environment", "Registry__AdvertisedAddress"));
            Assert.Equal([$"{silo}.silos"], _services.At(silo).Items("networks", "silos", "aliases").Select(alias => alias.Text()));
        });
    }

    [Fact]
    public void The_database_is_reached_by_the_registry_alone() => Assert.Equal(
        ["cli", "gateway-1", "gateway-2", "migrate", "postgres", "signer", "silo-1", "silo-2", "silo-3"],
        _services.Where(service => NetworksOf(service.Value).Contains("database")).Select(service => service.Key.Text()!).Order());

    [Fact]
    public void One_process_signs_the_log_which_alone_has_the_key_and_remembers_on_a_volume_of_its_own()
    {
        var signer = _services.At("signer")!;
        Assert.Equal("sign", signer.Items("command").First().Text());
        Assert.Equal("registry-gateway:local", signer.Text("image"));
        Assert.Equal(["log.checkpoint", "log.key"], signer.Items("secrets").Select(secret => secret.Text()).Order());
        Assert.Equal("/run/secrets/log.key", signer.Text("environment", "Registry__LogKey"));
        Assert.Equal(["signer"], _services.Where(service => service.Value.At("secrets") is not null).Select(service => service.Key.Text()));
        Assert.Equal(["signer"], _services.Where(service => service.Value.Items("command").Any(word => word.Text() == "sign")).Select(service => service.Key.Text()));

        var volume = Assert.Single(signer.Items("volumes")).Text()!.Split(':');
        Assert.StartsWith(volume[1] + "/", signer.Text("environment", "Registry__LogState"), StringComparison.Ordinal);
        Assert.Single(_services.SelectMany(service => service.Value.Items("volumes")), used => used.Text()!.StartsWith(volume[0] + ":", StringComparison.Ordinal));
        // A new volume takes its owner from the image.
        Assert.Contains($"--chown=1654:1654 /data {volume[1]}\n", Repository.Read("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_signer_is_no_member_of_the_cluster() =>
        Assert.All(_services.At("signer")!.At("environment")!.AllNodes, node => Assert.DoesNotContain("Tls", node.Text() ?? "", StringComparison.Ordinal));

    // A process that is the first of its container is deaf to SIGTERM until it listens.
    [Fact]
    public void Processes_of_the_registry_are_not_the_first_of_their_containers() =>
        Assert.All(Registry(), service => Assert.Equal("true", service.Text("init")));

    [Fact]
    public void Every_file_that_is_mounted_is_there()
    {
        var mounted = _services.SelectMany(service => service.Value.Items("volumes")).Select(volume => volume.Text()!.Split(':')[0])
            .Where(source => source.StartsWith("./", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(mounted);
        Assert.All(mounted, source => Assert.True(Path.Exists(Repository.PathOf(source)), source));
    }

    [Fact]
    public void Every_setting_is_in_the_example()
    {
        var example = Repository.Read("deploy", "example.env");
        Assert.All(Setting().Matches(_text), match => Assert.Contains($"\n{match.Groups[1].Value}=", example));
    }

    // One without any is in the network that all such share.
    private static IEnumerable<string> NetworksOf(YamlNode service) => service.At("networks") is { } networks
        ? networks is YamlMappingNode named ? named.Select(network => network.Key.Text()!) : service.Items("networks").Select(network => network.Text()!)
        : ["default"];

    private IEnumerable<YamlNode> Registry() =>
        _services.Select(service => service.Value).Where(service => service.Text("image")!.StartsWith("registry-", StringComparison.Ordinal));

    private IEnumerable<string> HostsOf(string image) =>
        _services.Where(service => service.Value.Text("image") == image && service.Key.Text() is not ("migrate" or "signer")).Select(service =>
        {
            Assert.Equal(service.Key.Text(), service.Value.Text("hostname"));
            return service.Key.Text()!;
        });

    [GeneratedRegex("""PASSWORD=\$\{[A-Z_]+:\?see deploy/example\.env\}(;|$)""", RegexOptions.IgnoreCase)]
    private static partial Regex FromEnvironment();

    [GeneratedRegex("""\$\{([A-Z_]+)""")]
    private static partial Regex Setting();
}
