using System.Globalization;
using Registry.Deployment.Tests.Kubernetes.Schema;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Kubernetes;

/// <summary>What holds for the objects of every overlay. Each rule gives its faults, in words.</summary>
internal static class Rules
{
    // A process serves on for 5 s, and gives everything that runs in it 30 s more to come to its end (Registry.Grains, Draining).
    private const int DrainSeconds = 35;

    // Half a processor: at less, an autoscaler answers a few requests a second with more pods.
    private const int LeastMillicores = 500;

    // Four of the largest imports at once (64 MiB each), and half as much again for the directory and what else is there.
    private const int LeastUploadMebibytes = 4 * 64 * 3 / 2;

    // Four of the largest imports at once were measured at 404 MB.
    private const int LeastGatewayMebibytes = 768;

    private const string AuthorityDirectory = "/etc/registry/database";

    // And `version`, which the overlays add: OverlayTests.
    private static readonly string[] PodLabels = ["name", "component", "part-of", "instance"];

    private static readonly string[] Secretive = ["password", "secret", "token", "connectionstring"];

    /// <summary>The rules, by name.</summary>
    public static IReadOnlyDictionary<string, Func<Manifests, IEnumerable<string>>> All { get; } = new Dictionary<string, Func<Manifests, IEnumerable<string>>>
    {
        ["every object fits its published schema"] = manifests => manifests.Objects.SelectMany(KubernetesSchema.Faults),
        ["every container has probes and requests"] = manifests => OfContainers(manifests, ProbesAndRequests),
        ["every container runs without privilege"] = manifests => OfContainers(manifests, WithoutPrivilege),
        ["a program is not the first process, which is deaf to SIGTERM until it listens"] = manifests => manifests.Workloads
            .Where(workload => Pods.Labels(workload)["app.kubernetes.io/name"] is "registry-silo" or "registry-gateway" or "registry-signer")
            .Where(workload => Pods.Template(workload).Text("spec", "shareProcessNamespace") != "true")
            .Select(workload => $"{Manifests.NameOf(workload)} does not share its processes' namespace"),
        ["silos and gateways have their own certificates"] = Certificates,
        ["one signer, and it alone, has the key of the log, and a volume of its own"] = TheSigner,
        ["the grace period is longer than the drain"] = manifests => manifests.Workloads
            .Where(workload => int.Parse(Pods.Template(workload).Text("spec", "terminationGracePeriodSeconds") ?? "30") <= DrainSeconds)
            .Select(workload => $"{Manifests.NameOf(workload)} has no longer than {DrainSeconds} s"),
        ["selectors find pods"] = SelectorsFindPods,
        ["an autoscaler scales what is there, and leaves more than the budget lets go"] = Scaling,
        ["an autoscaler waits until a processor is well used"] = WellUsed,
        ["pods that are not ready may be evicted"] = manifests => manifests.OfKind("PodDisruptionBudget")
            .Where(budget => budget.Text("spec", "unhealthyPodEvictionPolicy") != "AlwaysAllow")
            .Select(budget => $"{Manifests.NameOf(budget)} holds up a drain while the database is away"),
        ["every pod says what it is"] = manifests =>
            from workload in manifests.Workloads
            from label in PodLabels
            where !Pods.Labels(workload).ContainsKey($"app.kubernetes.io/{label}")
            select $"{Manifests.NameOf(workload)}: its pods have no label app.kubernetes.io/{label}",
        ["a gateway has room for its uploads"] = RoomForUploads,
        ["silos and gateways can be told who signed the database's certificate"] = manifests =>
            from workload in OfTheRegistry(manifests)
            where !Pods.Template(workload).Items("spec", "volumes").Any(IsAuthority)
                || !Pods.Containers(workload).All(container => container.Items("volumeMounts").Any(mount => mount.Text("mountPath") == AuthorityDirectory))
            select $"{Manifests.NameOf(workload)} has no {AuthorityDirectory}/ca.crt",
        ["services and policies name ports that pods have"] = PortsAreThere,
        ["every port of a pod is open to somebody by a policy"] = EveryPortIsOpenToSomebody,
        ["no secret stands in the manifests"] = NoSecrets,
    };

    private static IEnumerable<string> OfContainers(Manifests manifests, Func<YamlNode, YamlNode, IEnumerable<string>> faults) =>
        from workload in manifests.Workloads
        from container in Pods.Containers(workload)
        from fault in faults(workload, container)
        select $"{Manifests.NameOf(workload)}, container {container.Text("name")}: {fault}";

    private static IEnumerable<string> ProbesAndRequests(YamlNode workload, YamlNode container)
    {
        // What ends before the others begin is never asked.
        var isInit = Pods.Template(workload).Items("spec", "initContainers").Any(init => init.Text("name") == container.Text("name"));
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            if (!isInit && container.At(probe) is null)
                yield return $"no {probe}";
        }

        if (container.At("resources", "requests", "cpu") is null || container.At("resources", "requests", "memory") is null)
            yield return "no request of CPU and memory";
        if (container.At("resources", "limits", "memory") is null)
            yield return "no limit of memory";
        if (container.At("resources", "limits", "cpu") is not null)
            yield return "a limit of CPU, which makes a live process miss its probes";
    }

    private static IEnumerable<string> WithoutPrivilege(YamlNode workload, YamlNode container)
    {
        var pod = Pods.Template(workload).At("spec", "securityContext");
        var own = container.At("securityContext");
        if (pod.Text("runAsNonRoot") != "true" || pod.Text("runAsUser") is null or "0")
            yield return "may run as root";
        if (pod.Text("seccompProfile", "type") != "RuntimeDefault")
            yield return "no seccomp profile";
        if (own.Text("allowPrivilegeEscalation") != "false")
            yield return "may gain privileges";
        if (own.Text("readOnlyRootFilesystem") != "true")
            yield return "may write to its image";
        if (!own.Items("capabilities", "drop").Any(capability => capability.Text() == "ALL"))
            yield return "keeps capabilities";
        if (Pods.Template(workload).Text("spec", "automountServiceAccountToken") != "false")
            yield return "gets a token for the API server, and has no use for it";
    }

    // A silo's certificate opens more than a gateway's: each has its own secret, and no other.
    private static IEnumerable<string> Certificates(Manifests manifests) =>
        from workload in manifests.Workloads
        let name = Pods.Labels(workload)["app.kubernetes.io/name"]
        where name is "registry-silo" or "registry-gateway"
        let secrets = Pods.Template(workload).Items("spec", "volumes").Where(volume => volume.At("secret") is not null).ToArray()
        let mounts = Pods.Containers(workload).SelectMany(container => container.Items("volumeMounts"))
            .Where(mount => mount.Text("mountPath") == "/certificates" && mount.Text("readOnly") == "true").Select(mount => mount.Text("name")).ToArray()
        where secrets.SingleOrDefault(volume => mounts.Contains(volume.Text("name"))).Text("secret", "secretName") != $"{name}-certificate"
        select $"{Manifests.NameOf(workload)} has not its certificate in /certificates";

    private static IEnumerable<string> TheSigner(Manifests manifests)
    {
        var holders = manifests.Workloads.Where(workload => workload.AllNodes.OfType<YamlScalarNode>().Any(node => node.Value == "registry-log")).ToArray();
        foreach (var holder in holders.Where(holder => Manifests.NameOf(holder) != "StatefulSet/registry-signer"))
            yield return $"{Manifests.NameOf(holder)} has the key of the log";
        if (holders.SingleOrDefault(holder => Manifests.NameOf(holder) == "StatefulSet/registry-signer") is not { } signer)
        {
            yield return "nobody has the key of the log";
            yield break;
        }

        if (signer.Text("spec", "replicas") != "1")
            yield return "two signers would sign two histories";
        var container = Pods.Containers(signer).Single();
        if (!container.Items("args").Any(word => word.Text() == "sign"))
            yield return "the signer serves requests";
        var state = container.Items("env").Single(variable => variable.Text("name") == "Registry__LogState").Text("value")!;
        var kept = container.Items("volumeMounts").Where(mount => state.StartsWith($"{mount.Text("mountPath")}/", StringComparison.Ordinal)).Select(mount => mount.Text("name"));
        if (!signer.Items("spec", "volumeClaimTemplates").Select(claim => claim.Text("metadata", "name")).Intersect(kept).Any())
            yield return "what was signed last is not on a volume of its own";
        if (container.At("envFrom") is not null)
            yield return "the signer has the settings of the others, their certificates among them";
    }

    private static IEnumerable<string> SelectorsFindPods(Manifests manifests)
    {
        var pods = manifests.Workloads.Select(Pods.Labels).ToArray();
        foreach (var workload in manifests.Workloads.Where(workload => !Selector.Selects(workload.At("spec", "selector")!, Pods.Labels(workload))))
            yield return $"{Manifests.NameOf(workload)} does not select its own pods";

        foreach (var service in manifests.OfKind("Service"))
        {
            var wanted = service.Pairs("spec", "selector");
            if (wanted.Count == 0 || !pods.Any(labels => wanted.All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value)))
                yield return $"{Manifests.NameOf(service)} selects no pod";
        }

        foreach (var budget in manifests.OfKind("PodDisruptionBudget"))
        {
            if (pods.Count(labels => Selector.Selects(budget.At("spec", "selector")!, labels)) != 1)
                yield return $"{Manifests.NameOf(budget)} is not about the pods of one workload";
        }

        foreach (var policy in manifests.OfKind("NetworkPolicy"))
        {
            if (!pods.Any(labels => Selector.Selects(policy.At("spec", "podSelector")!, labels)))
                yield return $"{Manifests.NameOf(policy)} selects no pod";
        }
    }

    private static IEnumerable<string> Scaling(Manifests manifests)
    {
        foreach (var scaler in manifests.OfKind("HorizontalPodAutoscaler"))
        {
            var target = manifests.OfKind(scaler.Text("spec", "scaleTargetRef", "kind")!)
                .SingleOrDefault(item => item.Text("metadata", "name") == scaler.Text("spec", "scaleTargetRef", "name"));
            if (target is null)
            {
                yield return $"{Manifests.NameOf(scaler)} scales what is not there";
                continue;
            }

            if (target.At("spec", "replicas") is not null)
                yield return $"{Manifests.NameOf(target)} names a number of replicas, and would undo the autoscaler's with every apply";
            var budget = manifests.OfKind("PodDisruptionBudget")
                .SingleOrDefault(item => Selector.Selects(item.At("spec", "selector")!, Pods.Labels(target)));
            if (budget.Text("spec", "maxUnavailable") is not { } most || int.Parse(most) >= int.Parse(scaler.Text("spec", "minReplicas")!))
                yield return $"{Manifests.NameOf(target)} may lose all of its pods to evictions";
        }
    }

    private static IEnumerable<string> WellUsed(Manifests manifests) =>
        from scaler in manifests.OfKind("HorizontalPodAutoscaler")
        from metric in scaler.Items("spec", "metrics")
        let target = metric.At("resource", "target")
        where target.Text("type") != "AverageValue" || Millicores(target.Text("averageValue")!) < LeastMillicores
        select $"{Manifests.NameOf(scaler)} scales at less than {LeastMillicores}m of a processor, or at a share of whatever is requested";

    private static IEnumerable<string> RoomForUploads(Manifests manifests)
    {
        foreach (var gateway in manifests.Workloads.Where(workload => Manifests.NameOf(workload) == "Deployment/registry-gateway"))
        {
            var directory = Pods.Template(gateway).Items("spec", "volumes").Single(volume => volume.Text("name") == "tmp");
            if (directory.Text("emptyDir", "sizeLimit") is { } size && Mebibytes(size) < LeastUploadMebibytes)
                yield return $"{Manifests.NameOf(gateway)}: four of the largest imports at once evict the pod";
            if (Pods.Containers(gateway).Any(container => Mebibytes(container.Text("resources", "limits", "memory")!) < LeastGatewayMebibytes))
                yield return $"{Manifests.NameOf(gateway)}: has less than {LeastGatewayMebibytes}Mi of memory";
        }
    }

    private static IEnumerable<YamlMappingNode> OfTheRegistry(Manifests manifests) =>
        manifests.Workloads.Where(workload => workload.Text("metadata", "name") is "registry-silo" or "registry-gateway" or "registry-signer");

    // Of the secret, the certificate and nothing else lies in the directory; pods start where there is none.
    private static bool IsAuthority(YamlNode volume) =>
        volume.Text("secret", "secretName") == "registry-database" && volume.Text("secret", "optional") == "true"
        && volume.Items("secret", "items").Select(item => $"{item.Text("key")} as {item.Text("path")}").SequenceEqual(["ca.crt as ca.crt"]);

    private static double Millicores(string quantity) => quantity.EndsWith('m')
        ? double.Parse(quantity[..^1], CultureInfo.InvariantCulture)
        : 1000 * double.Parse(quantity, CultureInfo.InvariantCulture);

    private static double Mebibytes(string quantity) =>
        double.Parse(quantity[..^2], CultureInfo.InvariantCulture) * quantity[^2..] switch
        {
            "Mi" => 1,
            "Gi" => 1024,
            _ => throw new ArgumentException($"'{quantity}' is not in Mi or Gi."),
        };

    private static IEnumerable<string> PortsAreThere(Manifests manifests)
    {
        foreach (var service in manifests.OfKind("Service"))
        {
            var wanted = service.Pairs("spec", "selector");
            var ports = manifests.Workloads
                .Where(workload => wanted.All(pair => Pods.Labels(workload).GetValueOrDefault(pair.Key) == pair.Value))
                .SelectMany(Pods.Ports).ToArray();
            foreach (var port in service.Items("spec", "ports").Select(port => port.Text("targetPort")))
            {
                if (!ports.Any(there => there.Name == port || $"{there.Number}" == port))
                    yield return $"{Manifests.NameOf(service)} leads to a port {port} that its pods do not have";
            }
        }

        foreach (var policy in manifests.OfKind("NetworkPolicy"))
        {
            var ports = manifests.Workloads
                .Where(workload => Selector.Selects(policy.At("spec", "podSelector")!, Pods.Labels(workload)))
                .SelectMany(Pods.Ports).ToArray();
            foreach (var port in policy.Items("spec", "ingress").SelectMany(rule => rule.Items("ports")).Select(port => port.Text("port")))
            {
                if (!ports.Any(there => $"{there.Number}" == port))
                    yield return $"{Manifests.NameOf(policy)} opens a port {port} that its pods do not have";
            }
        }
    }

    private static IEnumerable<string> EveryPortIsOpenToSomebody(Manifests manifests) =>
        from workload in manifests.Workloads
        from port in Pods.Ports(workload)
        where !manifests.OfKind("NetworkPolicy")
            .Where(policy => Selector.Selects(policy.At("spec", "podSelector")!, Pods.Labels(workload)))
            .SelectMany(policy => policy.Items("spec", "ingress"))
            .SelectMany(rule => rule.Items("ports"))
            .Any(open => open.Text("port") == $"{port.Number}")
        select $"{Manifests.NameOf(workload)}: nobody may reach port {port.Number}";

    private static IEnumerable<string> NoSecrets(Manifests manifests)
    {
        foreach (var secret in manifests.OfKind("Secret"))
            yield return $"{Manifests.NameOf(secret)} is a secret";

        foreach (var fault in OfContainers(manifests, (_, container) => container.Items("env")
            .Where(variable => Secretive.Any(word => variable.Text("name")!.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Where(variable => variable.At("valueFrom", "secretKeyRef") is null)
            .Select(variable => $"{variable.Text("name")} does not come from a secret")))
        {
            yield return fault;
        }

        foreach (var item in manifests.Objects)
        {
            if (item.AllNodes.OfType<YamlScalarNode>().Any(scalar => scalar.Value?.Contains("Password=", StringComparison.OrdinalIgnoreCase) == true))
                yield return $"{Manifests.NameOf(item)} has a password in it";
        }
    }
}
