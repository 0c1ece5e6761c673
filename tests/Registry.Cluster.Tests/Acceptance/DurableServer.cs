namespace Registry.Gateway.Tests.Serving;

/// <summary>The cluster that all acceptance tests share, which can be stopped and started again, under one name.</summary>
public sealed class DurableServer(RegistryServer server)
{
    /// <summary>Stops its silos and its gateways and starts them over the same database.</summary>
    public Task Restart() => server.Restart();

    public RegistryClient As(string? key)
    {
        var http = server.Http();
        http.DefaultRequestHeaders.Host = "registry.localhost";
        return new RegistryClient(http, key);
    }

    public RegistryClient Nobody() => As(null);

    public RegistryClient Applicant() => As("dev-applicant-a");

    public RegistryClient Registrar() => As("dev-registrar");
}
