namespace Registry.Deployment.Tests.Kubernetes;

/// <summary>That each rule finds what it is there for: something is broken in the local overlay, and exactly that is told.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("every object fits its published schema", "containerPort: 11111", "containerPort: eleven", "containers[0].ports[0].containerPort: a number was expected")]
    [InlineData("every object fits its published schema", "value: \"30000\"", "value: 30000", "containers[0].env[2].value: a string was expected")]
    [InlineData("every object fits its published schema", "enableServiceLinks", "enableServiceLink", "has no field enableServiceLink")]
    [InlineData("every object fits its published schema", "serviceName: registry-silo", "revisionHistoryLimit: 10", "spec: serviceName is missing")]
    [InlineData("every object fits its published schema", "autoscaling/v2", "autoscaling/v2beta2", "not among the kinds")]
    [InlineData("every container has probes and requests", "readinessProbe:", "lifecycle:", "no readinessProbe")]
    [InlineData("every container has probes and requests", "limits: {memory: 2Gi}", "limits: {cpu: 1}", "no limit of memory")]
    [InlineData("every container runs without privilege", "runAsUser: 1654", "runAsUser: 0", "may run as root")]
    [InlineData("every container runs without privilege", "drop: [ALL]", "drop: [NET_RAW]", "keeps capabilities")]
    [InlineData("a program is not the first process, which is deaf to SIGTERM until it listens", "shareProcessNamespace: true", "hostPID: false", "does not share")]
    [InlineData("silos and gateways have their own certificates", "secretName: registry-silo-certificate", "secretName: registry-gateway-certificate", "has not its certificate")]
    [InlineData("silos and gateways have their own certificates", "mountPath: /certificates", "mountPath: /certificate", "has not its certificate")]
    [InlineData("one signer, and it alone, has the key of the log, and a volume of its own", "args: [sign, ", "args: [", "the signer serves requests")]
    [InlineData("one signer, and it alone, has the key of the log, and a volume of its own", "\n  replicas: 1", "\n  replicas: 2", "two signers would sign two histories")]
    [InlineData("one signer, and it alone, has the key of the log, and a volume of its own", "value: /state/log.checkpoint", "value: /tmp/log.checkpoint", "not on a volume of its own")]
    [InlineData("one signer, and it alone, has the key of the log, and a volume of its own", "secretName: registry-gateway-certificate", "secretName: registry-log", "Deployment/registry-gateway has the key of the log")]
    [InlineData("the grace period is longer than the drain", "terminationGracePeriodSeconds: 45", "terminationGracePeriodSeconds: 30", "StatefulSet/registry-silo has no longer")]
    [InlineData("selectors find pods", "matchLabels: {app.kubernetes.io/name: registry-gateway}", "matchLabels: {app.kubernetes.io/name: gateway}", "does not select its own pods")]
    [InlineData("an autoscaler scales what is there, and leaves more than the budget lets go", "maxUnavailable: 1", "maxUnavailable: 3", "may lose all")]
    [InlineData("an autoscaler waits until a processor is well used", "averageValue: 700m", "averageValue: 70m", "HorizontalPodAutoscaler/registry-silo scales at less")]
    [InlineData("an autoscaler waits until a processor is well used", "{type: AverageValue, averageValue: 500m}", "{type: Utilization, averageUtilization: 70}", "HorizontalPodAutoscaler/registry-gateway scales at less")]
    [InlineData("pods that are not ready may be evicted", "unhealthyPodEvictionPolicy: AlwaysAllow", "unhealthyPodEvictionPolicy: IfHealthyBudget", "holds up a drain")]
    [InlineData("every pod says what it is", "app.kubernetes.io/component: gateway", "component: gateway", "no label app.kubernetes.io/component")]
    [InlineData("a gateway has room for its uploads", "sizeLimit: 384Mi", "sizeLimit: 256Mi", "evict the pod")]
    [InlineData("a gateway has room for its uploads", "limits: {memory: 1Gi}", "limits: {memory: 512Mi}", "less than 768Mi")]
    [InlineData("silos and gateways can be told who signed the database's certificate", "items: [{key: ca.crt, path: ca.crt}]", "defaultMode: 292", "has no /etc/registry/database/ca.crt")]
    [InlineData("silos and gateways can be told who signed the database's certificate", "mountPath: /etc/registry/database", "mountPath: /etc/database", "has no /etc/registry/database/ca.crt")]
    [InlineData("services and policies name ports that pods have", "targetPort: silo", "targetPort: silos", "leads to a port silos")]
    [InlineData("services and policies name ports that pods have", "port: 11111}", "port: 11112}", "a port 11112")]
    [InlineData("every port of a pod is open to somebody by a policy", "containerPort: 30000", "containerPort: 30001", "nobody may reach port 30001")]
    [InlineData("no secret stands in the manifests", "value: silo", "value: Host=x;Password=y", "has a password in it")]
    [InlineData("no secret stands in the manifests", "name: Registry__SiloPort", "name: Registry__ClientToken", "does not come from a secret")]
    public void A_rule_finds_what_is_broken(string rule, string right, string wrong, string fault)
    {
        var written = Manifests.Written("local");
        var place = written.IndexOf(right, StringComparison.Ordinal);
        Assert.True(place >= 0, $"There is no '{right}' to be broken.");

        var broken = Manifests.Parse(string.Concat(written.AsSpan(0, place), wrong, written.AsSpan(place + right.Length)));

        Assert.Contains(Rules.All[rule](broken), found => found.Contains(fault, StringComparison.Ordinal));
    }
}
