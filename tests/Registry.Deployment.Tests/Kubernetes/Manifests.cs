using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Kubernetes;

/// <summary>The objects of one overlay.</summary>
internal sealed record Manifests(IReadOnlyList<YamlMappingNode> Objects)
{
    /// <summary>The overlays of this repository, by name.</summary>
    public static IEnumerable<string> Overlays { get; } =
        Directory.GetDirectories(Repository.PathOf("k8s", "overlays")).Select(directory => Path.GetFileName(directory)).Order();

    /// <summary>The objects of a text.</summary>
    public static Manifests Parse(string text) => new([.. Yaml.Parse(text)]);

    /// <summary>
    /// The objects of an overlay as they are written, without kustomize's changes: every file that it names under <c>resources</c>, and
    /// those of the directories that it names there.
    /// </summary>
    public static string Written(string overlay) => string.Join("\n---\n", Files(Repository.PathOf("k8s", "overlays", overlay)).Select(File.ReadAllText));

    /// <summary>The objects of a kind.</summary>
    public IEnumerable<YamlMappingNode> OfKind(params IEnumerable<string> kinds) => Objects.Where(item => kinds.Contains(item.Text("kind")));

    /// <summary>What runs pods.</summary>
    public IEnumerable<YamlMappingNode> Workloads => OfKind("Deployment", "StatefulSet");

    /// <summary>Kind and name of an object.</summary>
    public static string NameOf(YamlNode item) => $"{item.Text("kind")}/{item.Text("metadata", "name")}";

    /// <summary>The workload of a name.</summary>
    public YamlMappingNode Workload(string name) => Workloads.Single(item => item.Text("metadata", "name") == name);

    private static IEnumerable<string> Files(string directory)
    {
        var kustomization = Yaml.Parse(File.ReadAllText(Path.Combine(directory, "kustomization.yaml"))).Single();
        foreach (var resource in kustomization.Items("resources"))
        {
            var path = Path.GetFullPath(Path.Combine(directory, resource.Text()!));
            foreach (var file in Directory.Exists(path) ? Files(path) : [path])
                yield return file;
        }
    }
}
