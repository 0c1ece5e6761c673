using System.Text.RegularExpressions;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Documents;

/// <summary>What is wrong with a command of docker: verb and options, and the services, targets and images of this repository.</summary>
internal static partial class DockerCheck
{
    private static readonly Dictionary<string, string[]> ComposeVerbs = new()
    {
        ["up"] = ["build", "detach", "wait", "no-deps"],
        ["build"] = [],
        ["run"] = ["rm"],
        ["exec"] = ["T"],
        ["stop"] = [],
        ["start"] = [],
        ["ps"] = [],
    };

    private static readonly HashSet<string> WithValue = ["target", "tag", "network", "env", "volume"];

    private static readonly YamlNode Services = Yaml.Parse(Repository.Read("docker-compose.yml")).Single().At("services")!;

    /// <summary>The faults of a command.</summary>
    /// <param name="arguments">The words after <c>docker</c>.</param>
    public static IEnumerable<string> Faults(string[] arguments) => arguments switch
    {
        ["compose", var verb, .. var rest] => Compose(verb, rest),
        ["build", .. var rest] => Build(Words.Read(rest, WithValue)),
        ["run", .. var rest] => Run(Words.Read(rest, WithValue, mostPlain: 1)),
        _ => [$"this test knows no 'docker {string.Join(' ', arguments.Take(2))}'"],
    };

    /// <summary>Whether an image is one of this repository's.</summary>
    public static bool IsImage(string image) =>
        image.EndsWith(":local", StringComparison.Ordinal) && Targets().Contains(image["registry-".Length..^":local".Length]);

    private static IEnumerable<string> Compose(string verb, string[] rest)
    {
        if (!ComposeVerbs.TryGetValue(verb, out var options))
            return [$"this test knows no 'docker compose {verb}'"];
        // What stands behind the service of these two is for the container.
        var words = Words.Read(rest, WithValue, verb is "run" or "exec" ? 1 : int.MaxValue);
        var services = verb is "run" or "exec" ? words.Plain.Take(1) : words.Plain;
        return words.Options.Where(option => !options.Contains(option.Name)).Select(option => $"'docker compose {verb}' is not known to take --{option.Name}")
            .Concat(services.Where(service => Services.At(service) is null).Select(service => $"docker-compose.yml has no service {service}"));
    }

    private static IEnumerable<string> Build(Words words)
    {
        if (words.Value("target") is not { } target || !Targets().Contains(target))
            yield return $"the Dockerfile has no target {words.Value("target")}";
        else if (words.Value("tag") != $"registry-{target}:local")
            yield return $"the image of {target} is called registry-{target}:local, not {words.Value("tag")}";
        if (words.Plain is not ["."])
            yield return "builds something else than this directory";
    }

    private static IEnumerable<string> Run(Words words) => words.Plain is [var image, ..] && IsImage(image) ? [] : [$"no image is called {string.Join(' ', words.Plain)}"];

    private static IEnumerable<string> Targets() => Target().Matches(Repository.Read("Dockerfile")).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^FROM \S+ AS (\w+)", RegexOptions.Multiline)]
    private static partial Regex Target();
}
