using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Kubernetes;

/// <summary>The pods that a workload makes.</summary>
internal static class Pods
{
    /// <summary>What they are made after.</summary>
    public static YamlNode Template(YamlNode workload) => workload.At("spec", "template")!;

    /// <summary>Their labels.</summary>
    public static IReadOnlyDictionary<string, string> Labels(YamlNode workload) => Template(workload).Pairs("metadata", "labels");

    /// <summary>Their containers, those that run before the others included.</summary>
    public static IEnumerable<YamlNode> Containers(YamlNode workload) =>
        Template(workload).Items("spec", "initContainers").Concat(Template(workload).Items("spec", "containers"));

    /// <summary>Their ports.</summary>
    public static IEnumerable<(string Name, int Number)> Ports(YamlNode workload) =>
        Containers(workload).SelectMany(container => container.Items("ports")).Select(port => (port.Text("name")!, int.Parse(port.Text("containerPort")!)));
}
