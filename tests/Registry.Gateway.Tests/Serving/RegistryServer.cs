using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Registry.Actors.Journal;
using Registry.Storage.InMemory;

namespace Registry.Gateway.Tests.Serving;

/// <summary>
/// The whole registry on a real port of the loopback, over a journal in memory, in the Development environment with its keys.
/// </summary>
public sealed class RegistryServer : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("registry-test-");
    private readonly WebApplication _app;

    public RegistryServer()
        : this(null, [])
    {
    }

    private RegistryServer(Action<IServiceCollection>? configure, params string[] settings) => _app = Gateway.Build(
        ["--urls", "http://127.0.0.1:0", "--environment", "Development", "--Registry:DataDirectory", _data.FullName, .. settings],
        builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.RemoveAll<IJournal>();
            builder.Services.AddSingleton<IJournal, InMemoryJournal>();
            configure?.Invoke(builder.Services);
        });

    /// <summary>A registry that is made of something else as well; to be started and disposed by the test.</summary>
    /// <param name="configure">Changes services last of all: another journal, a fault.</param>
    /// <param name="settings">Settings as on the command line: <c>--Registry:Limits:Streams=3</c>.</param>
    public static RegistryServer With(Action<IServiceCollection> configure, params string[] settings) => new(configure, settings);

    /// <summary>A registry with settings of its own, as on the command line; to be started and disposed by the test.</summary>
    public static RegistryServer Set(params string[] settings) => new(null, settings);

    /// <summary>What the registry is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The keys that it believes.</summary>
    public IKeyring Keyring => Services.GetRequiredService<IJournal>();

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts it; ends when it is ready.</summary>
    public Task InitializeAsync() => _app.StartAsync();

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    /// <summary>A client.</summary>
    public HttpClient Http() => new() { BaseAddress = Address };

    /// <summary>A client that sends a key with everything.</summary>
    /// <param name="key">The key; null for nobody.</param>
    public RegistryClient As(string? key) => new(Http(), key);

    public RegistryClient Nobody() => As(null);

    public RegistryClient ApplicantA() => As("dev-applicant-a");

    public RegistryClient ApplicantB() => As("dev-applicant-b");

    public RegistryClient Registrar() => As("dev-registrar");

    public RegistryClient Operator() => As("dev-operator");
}

/// <summary>Tests that share one server; each takes ground of its own.</summary>
[CollectionDefinition(Name)]
public sealed class OneServer : ICollectionFixture<RegistryServer>
{
    public const string Name = "one server";
}
