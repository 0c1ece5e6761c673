namespace Registry.Deployment.Tests.Documents;

/// <summary>That the checks find what they are there for.</summary>
public sealed class CheckTests
{
    [Theory]
    [InlineData("kubectl --namespace registry get widgets", "gets 'widgets'")]
    [InlineData("kubectl --namespace register get pods", "the namespace is registry")]
    [InlineData("kubectl --namespace registry rollout status deployment/registry-silo", "there is no deployment/registry-silo")]
    [InlineData("kubectl --namespace registry rollout restart statefulset/registry-silo", "knows no 'kubectl rollout restart'")]
    [InlineData("kubectl --namespace registry rollout status statefulset/registry-silo --time=15m", "not known to take --time")]
    [InlineData("kubectl --namespace registry wait statefulset/registry-silo --for='jsonpath={.status.ready}=3'", "has no field status.ready")]
    [InlineData("kubectl --namespace registry port-forward service/registry-gateway 5080:8080", "has no port 8080")]
    [InlineData("kubectl --namespace registry port-forward registry-silos-0 8080", "there is no registry-silos-0")]
    [InlineData("kubectl --namespace registry patch hpa registry-silo --patch '{\"spec\": {\"least\": 5}}'", "has no spec.least")]
    [InlineData("kubectl --namespace registry create secret generic registry-database --from-file=ca.pem", "asks for the key ca.pem")]
    [InlineData("kubectl label namespace tools registry/operator=true", "lets the label registry/operator=true in")]
    [InlineData("kubectl apply --kustomize k8s/overlays/staging", "there is no k8s/overlays/staging")]
    [InlineData("docker compose stop silo-4", "no service silo-4")]
    [InlineData("docker compose up --wait-for silo-1", "not known to take --wait-for")]
    [InlineData("docker build --target worker --tag registry-worker:local .", "no target worker")]
    [InlineData("docker run --rm registry-cli:latest key list", "no image is called registry-cli:latest")]
    [InlineData("kind load docker-image registry-silo:latest", "no image is called registry-silo:latest")]
    [InlineData("./dev clusters", "./dev has no clusters")]
    public void A_check_finds_what_is_wrong(string command, string fault)
    {
        using var shell = new Shell();
        Assert.Equal(0, shell.Run(command).ExitCode);
        Assert.Contains(shell.Faults(), found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no-such-program apply")]
    [InlineData("registry key issue --name 'first operator' --role operator --data .data")]
    [InlineData("registry keys list")]
    public void A_command_that_fails_fails_the_block(string command)
    {
        using var shell = new Shell();
        Assert.NotEqual(0, shell.Run($"{command}\ntrue").ExitCode);
    }
}
