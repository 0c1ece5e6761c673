using System.Globalization;
using System.Text.Json;
using Registry.Deployment.Tests.Kubernetes;
using Registry.Deployment.Tests.Kubernetes.Schema;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Documents;

/// <summary>What is wrong with a command of kubectl: verb and options, and the objects, names, ports and fields of the manifests.</summary>
internal static class KubectlCheck
{
    private const string Namespace = "registry";

    private static readonly Dictionary<string, string[]> Verbs = new()
    {
        ["apply"] = ["kustomize", "filename"],
        ["diff"] = ["kustomize"],
        ["rollout status"] = ["timeout"],
        ["rollout undo"] = [],
        ["wait"] = ["for", "selector", "timeout"],
        ["port-forward"] = [],
        ["create secret"] = ["from-file", "dry-run", "output"],
        ["get"] = ["output"],
        ["exec"] = ["i", "t", "it"],
        ["patch"] = ["patch"],
        ["scale"] = ["replicas"],
        ["drain"] = ["ignore-daemonsets", "delete-emptydir-data"],
        ["taint"] = [],
        ["label"] = [],
    };

    private static readonly HashSet<string> WithValue =
        ["namespace", "n", "context", "kustomize", "filename", "output", "patch", "selector", "timeout", "for", "replicas", "from-file"];

    private static readonly string[] OfKubernetes = ["nodes", "pods", "hpa", "pod", "secret", "node", "namespace"];

    private static readonly Manifests All = new([.. Manifests.Overlays.SelectMany(overlay => Manifests.Parse(Manifests.Written(overlay)).Objects)]);

    /// <summary>The faults of a command.</summary>
    /// <param name="arguments">The words after <c>kubectl</c>.</param>
    public static IEnumerable<string> Faults(string[] arguments)
    {
        var words = Words.Read(arguments, WithValue);
        var verb = words.Plain.Count > 1 && words.Plain[0] is "rollout" or "create" ? $"{words.Plain[0]} {words.Plain[1]}" : string.Concat(words.Plain.Take(1));
        if (!Verbs.TryGetValue(verb, out var options))
            return [$"this test knows no 'kubectl {verb}'"];
        var rest = words.Plain.Skip(verb.Split(' ').Length).ToArray();
        return words.Options.Where(option => !options.Contains(option.Name) && option.Name is not ("namespace" or "n" or "context"))
            .Select(option => $"'kubectl {verb}' is not known to take --{option.Name}")
            .Concat(words.Value("namespace", "n") is { } named && named != Namespace ? [$"the namespace is {Namespace}, not {named}"] : [])
            .Concat(OfVerb(verb, rest, words));
    }

    private static IEnumerable<string> OfVerb(string verb, string[] rest, Words words) => verb switch
    {
        "apply" or "diff" => words.Value("kustomize") is { } directory
            ? IsThere(Path.Combine(directory, "kustomization.yaml"))
            : words.Value("filename") is "-" ? [] : IsThere(words.Value("filename") ?? "nothing"),
        "rollout status" or "rollout undo" or "scale" => Objects(rest, "Deployment", "StatefulSet"),
        "wait" => words.Value("for") is null ? ["waits for nothing"] : rest is ["pod"] ? Selected(words.Value("selector") ?? "") : Objects(rest).Concat(Field(rest, words)),
        "port-forward" => PortForward(rest),
        "create secret" => Secret(rest, words),
        "get" => rest is ["secret", var name] ? IsSecret(name) : rest is [var kind] && OfKubernetes.Contains(kind) ? [] : [$"gets '{string.Join(' ', rest)}'"],
        "exec" => rest is [var pod, _, ..] ? PortsOf(pod) is null ? [$"there is no pod {pod}"] : [] : ["executes nothing"],
        "patch" => Patch(rest, words.Value("patch")),
        "drain" => rest.Length == 1 ? [] : ["drains one node"],
        "taint" => rest is ["node" or "nodes", _, var taint] && taint.EndsWith(":NoExecute", StringComparison.Ordinal) ? [] : ["taints a node by key=value:NoExecute"],
        "label" => rest is ["namespace", _, var label] ? OpensSomething(label) : ["labels a namespace"],
        _ => throw new InvalidOperationException($"'{verb}' is among the verbs and is not checked."),
    };

    // The script make-secret goes to its own directory first.
    private static IEnumerable<string> IsThere(string path) =>
        File.Exists(Repository.PathOf(path)) || File.Exists(Repository.PathOf("k8s", path)) ? [] : [$"there is no {path}"];

    private static IEnumerable<string> Objects(string[] named, params string[] kinds)
    {
        if (named.Length == 0)
            yield return "names no object";
        foreach (var name in named)
        {
            if (Find(name) is not { } found)
                yield return $"there is no {name}";
            else if (kinds.Length > 0 && !kinds.Contains(found.Text("kind")))
                yield return $"{name} is no {string.Join(" and no ", kinds)}";
        }
    }

    private static YamlMappingNode? Find(string name) => name.Split('/') is [var kind, var own]
        ? All.Objects.FirstOrDefault(item =>
            (kind == "hpa" ? "horizontalpodautoscaler" : kind).Equals(item.Text("kind"), StringComparison.OrdinalIgnoreCase) && item.Text("metadata", "name") == own)
        : null;

    // A condition on a field of an object's status, as far as the published type has the field.
    private static IEnumerable<string> Field(string[] named, Words words)
    {
        if (words.Value("for") is not { } condition || !condition.StartsWith("jsonpath=", StringComparison.Ordinal))
            yield break;
        var path = condition["jsonpath=".Length..].Split('=')[0].Trim('{', '}').Split('.', StringSplitOptions.RemoveEmptyEntries);
        foreach (var found in named.Select(Find).OfType<YamlMappingNode>())
        {
            if (!KubernetesSchema.HasField(found, path))
                yield return $"{Manifests.NameOf(found)} has no field {string.Join('.', path)}";
        }
    }

    private static IEnumerable<string> Selected(string selector)
    {
        var names = selector.Split(["app.kubernetes.io/name in (", ",", ")", " "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var name in names)
        {
            if (!All.Workloads.Any(workload => Pods.Labels(workload).GetValueOrDefault("app.kubernetes.io/name") == name))
                yield return $"no pod is selected by {name}";
        }
    }

    private static IEnumerable<string> PortForward(string[] rest)
    {
        if (rest is not [var target, var pair])
            return ["forwards one port of one object"];
        var port = pair.Split(':')[^1];
        var ports = target.StartsWith("service/", StringComparison.Ordinal)
            ? Find(target).Items("spec", "ports").Select(item => item.Text("port")).ToArray()
            : PortsOf(target);
        return ports is null or [] ? [$"there is no {target}"] : ports.Contains(port) ? [] : [$"{target} has no port {port}"];
    }

    // Of the pod of a stateful set, which is called after it and its place.
    private static string?[]? PortsOf(string pod)
    {
        var dash = pod.LastIndexOf('-');
        return dash > 0 && int.TryParse(pod[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && All.Workloads.FirstOrDefault(workload => Manifests.NameOf(workload) == $"StatefulSet/{pod[..dash]}") is { } workload
            ? [.. Pods.Ports(workload).Select(port => $"{port.Number}")]
            : null;
    }

    private static IEnumerable<string> Secret(string[] rest, Words words)
    {
        if (rest is not ["generic", var name])
            return ["makes a secret that is not generic"];
        // A directory stands for its files, and a file is called as it is without its directory.
        var keys = words.Options.Where(option => option.Name == "from-file").Select(option => option.Value!)
            .Where(file => file.Contains('=', StringComparison.Ordinal) || Path.GetExtension(file).Length > 0).Select(file => Path.GetFileName(file.Split('=')[0]));
        return IsSecret(name).Concat(keys.Where(key => !Scalars().Contains(key)).Select(key => $"no manifest asks for the key {key} of {name}"));
    }

    private static IEnumerable<string> IsSecret(string name) => Scalars().Contains(name) ? [] : [$"no manifest asks for the secret {name}"];

    private static IEnumerable<string?> Scalars() => All.Objects.SelectMany(item => item.AllNodes.OfType<YamlScalarNode>()).Select(node => node.Value);

    // A patch may change what is there, and must leave an object of its type.
    private static IEnumerable<string> Patch(string[] rest, string? patch)
    {
        if (rest is not [var kind, var name] || patch is null)
            return ["patches nothing"];
        if (Find($"{kind}/{name}") is not { } found)
            return [$"there is no {kind} {name}"];
        return Fields(JsonDocument.Parse(patch).RootElement, [])
            .Where(path => found.At([.. path]) is null)
            .Select(path => $"{kind} {name} has no {string.Join('.', path)}");
    }

    private static IEnumerable<string[]> Fields(JsonElement patch, string[] path) => patch.ValueKind == JsonValueKind.Object
        ? patch.EnumerateObject().SelectMany(member => Fields(member.Value, [.. path, member.Name]))
        : [path];

    private static IEnumerable<string> OpensSomething(string label)
    {
        var parts = label.Split('=');
        return All.OfKind("NetworkPolicy").SelectMany(policy => policy.Items("spec", "ingress")).SelectMany(rule => rule.Items("from"))
            .Any(peer => peer.Pairs("namespaceSelector", "matchLabels").GetValueOrDefault(parts[0]) == parts[^1])
            ? []
            : [$"no network policy lets the label {label} in"];
    }
}
