using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Registry.Gateway.Tests.Serving;

/// <summary>
/// The registry over a data directory, which can be stopped and started again. Its callers know it by one name, so that addresses in
/// answers do not tell on which port it listens.
/// </summary>
public sealed class DurableServer : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("registry-durable-");
    private WebApplication? _app;

    public Task InitializeAsync() => Start();

    public async Task DisposeAsync()
    {
        await Stop();
        _data.Delete(recursive: true);
    }

    /// <summary>Stops it and starts it over the same directory.</summary>
    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    public RegistryClient As(string? key)
    {
        var http = new HttpClient { BaseAddress = new Uri(_app!.Urls.First()) };
        http.DefaultRequestHeaders.Host = "registry.localhost";
        return new RegistryClient(http, key);
    }

    public RegistryClient Nobody() => As(null);

    public RegistryClient Applicant() => As("dev-applicant-a");

    public RegistryClient Registrar() => As("dev-registrar");

    private async Task Start()
    {
        _app = Gateway.Build(
            ["--urls", "http://127.0.0.1:0", "--environment", "Development", "--Registry:DataDirectory", _data.FullName],
            builder => builder.Logging.ClearProviders());
        await _app.StartAsync();
    }

    private async Task Stop()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }
}
