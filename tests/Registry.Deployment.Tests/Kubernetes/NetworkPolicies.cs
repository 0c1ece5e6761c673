using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Kubernetes;

/// <summary>Somebody on the network: a pod with its labels, and the labels of its namespace; in the registry's own, or in another.</summary>
internal sealed record Peer(IReadOnlyDictionary<string, string> Labels, bool IsInside, IReadOnlyDictionary<string, string> NamespaceLabels)
{
    /// <summary>A pod of the registry.</summary>
    public static Peer Of(string name) => new(Names(name), true, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = "registry" });

    /// <summary>A pod of another namespace, which calls itself what it likes.</summary>
    public static Peer Stranger(string name, params (string Name, string Value)[] labelsOfNamespace) =>
        new(Names(name), false, labelsOfNamespace.ToDictionary(label => label.Name, label => label.Value));

    private static Dictionary<string, string> Names(string name) => new() { ["app.kubernetes.io/name"] = name };
}

/// <summary>Decides over connections as a cluster does that enforces network policies (networking.k8s.io/v1).</summary>
internal sealed class NetworkPolicies(Manifests manifests)
{
    private readonly YamlMappingNode[] _policies = [.. manifests.OfKind("NetworkPolicy")];

    /// <summary>Whether a connection comes about: the one side lets it out, and the other in. What is outside lets everything out and in.</summary>
    public bool Connects(Peer from, Peer to, int port) =>
        (!from.IsInside || Admits("Egress", "egress", "to", from, to, port)) && (!to.IsInside || Admits("Ingress", "ingress", "from", to, from, port));

    // A pod that no policy selects is open; one that is selected is open to what any of the rules says.
    private bool Admits(string type, string rules, string peers, Peer subject, Peer other, int port)
    {
        var policies = _policies.Where(policy => AppliesTo(policy, type, subject)).ToArray();
        return policies.Length == 0 || policies.SelectMany(policy => policy.Items("spec", rules)).Any(rule =>
            (rule.At(peers) is null || rule.Items(peers).Any(peer => IsMeant(peer, other)))
            && (rule.At("ports") is null || rule.Items("ports").Any(item => item.Text("port") == $"{port}" && item.Text("protocol") == "TCP")));
    }

    private static bool AppliesTo(YamlMappingNode policy, string type, Peer subject) =>
        policy.Items("spec", "policyTypes").Any(item => item.Text() == type) && Selector.Selects(policy.At("spec", "podSelector")!, subject.Labels);

    private static bool IsMeant(YamlNode peer, Peer other)
    {
        // Addresses are outside of what is decided here: pods have others.
        if (peer.At("ipBlock") is not null)
            return false;
        var place = peer.At("namespaceSelector") is { } selector ? Selector.Selects(selector, other.NamespaceLabels) : other.IsInside;
        return place && (peer.At("podSelector") is not { } pods || Selector.Selects(pods, other.Labels));
    }
}
