using System.Collections.Concurrent;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Kubernetes;

/// <summary>The rules, over every overlay: as it is written, and as kubectl builds it.</summary>
public sealed class OverlayTests
{
    private static readonly ConcurrentDictionary<string, Command> Built = new();

    public static IEnumerable<object[]> Cases() =>
        from overlay in Manifests.Overlays from rule in Rules.All.Keys select new object[] { overlay, rule };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_overlay_keeps_every_rule_as_it_is_written(string overlay, string rule) =>
        Assert.Empty(Rules.All[rule](Manifests.Parse(Manifests.Written(overlay))));

    [KubectlTheory]
    [MemberData(nameof(Cases))]
    public void An_overlay_keeps_every_rule_as_kubectl_builds_it(string overlay, string rule) =>
        Assert.Empty(Rules.All[rule](Build(overlay)));

    public static TheoryData<string> Overlays() => new(Manifests.Overlays);

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public void What_kubectl_builds_has_every_object_that_is_written(string overlay)
    {
        var built = Build(overlay).Objects.Select(Manifests.NameOf);
        Assert.Empty(Manifests.Parse(Manifests.Written(overlay)).Objects.Select(Manifests.NameOf).Except(built));
    }

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public void Every_object_that_kubectl_builds_lies_in_the_namespace(string overlay) =>
        Assert.All(
            Build(overlay).Objects.Where(item => item.Text("kind") != "Namespace"),
            item => Assert.Equal("registry", item.Text("metadata", "namespace")));

    // Whoever looks at a pod sees what runs in it, and an upgrade changes both.
    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public void The_version_of_every_pod_of_the_registry_is_that_of_its_image(string overlay) =>
        Assert.All(Build(overlay).Workloads.Where(workload => workload.Text("metadata", "name") is "registry-silo" or "registry-gateway" or "registry-signer"), workload =>
        {
            // What migrates before a silo begins is of the silo's own image.
            var image = Assert.Single(Pods.Containers(workload).Select(container => container.Text("image")!).Distinct());
            Assert.Equal(image[(image.LastIndexOf(':') + 1)..], Pods.Labels(workload).GetValueOrDefault("app.kubernetes.io/version"));
        });

    private static Manifests Build(string overlay)
    {
        var answer = Built.GetOrAdd(overlay, static name => Kubectl.Kustomize($"k8s/overlays/{name}"));
        Assert.True(answer.ExitCode == 0, answer.Errors);
        return Manifests.Parse(answer.Output);
    }
}
