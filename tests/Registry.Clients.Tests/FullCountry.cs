using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Hosting;
using Registry.Core.Countries;
using Registry.Gateway.Sample;
using Registry.Gateway.Tests.Acceptance;
using Registry.Sample;
using Registry.Storage.Sqlite;

namespace Registry.Clients.Tests;

/// <summary>A running registry of the full sample country: 25,000 license blocks, 10,000 deposits and more.</summary>
public sealed class FullCountry : IAsyncLifetime, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private RegistryProcess? _process;

    /// <summary>The process.</summary>
    public RegistryProcess Process => _process!;

    /// <summary>Asks it.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>The address of the registry, without a slash at its end.</summary>
    public string Root => Process.Address.ToString().TrimEnd('/');

    public async Task InitializeAsync()
    {
        var regime = Regimes.Kazakhstan;
        await using (var journal = await SqliteJournal.Open(_directory.Path, TimeProvider.System, NullLogger.Instance))
        await using (var actors = new InProcessActors(regime, journal, TimeProvider.System, NullLoggerFactory.Instance))
        {
            var country = SampleCountry.Generate(regime, SampleDeposits.Read(regime).Deposits, SampleSize.Full);
            await new SampleRegistration(regime, actors).Register(country, CancellationToken.None);
        }

        _process = await RegistryProcess.Start(_directory.Path);
        Client = _process.Client();
        Client.Timeout = TimeSpan.FromMinutes(5);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Asks for something and saves it.</summary>
    /// <returns>The path of the file.</returns>
    public async Task<string> Save(string address, string file)
    {
        var path = Path.Combine(_directory.Path, file);
        await using var target = File.Create(path);
        await using var source = await Client.GetStreamAsync(new Uri(address, UriKind.Relative));
        await source.CopyToAsync(target);
        return path;
    }
}

/// <summary>Tests that share one country; they change nothing.</summary>
[CollectionDefinition(Name)]
public sealed class OneCountry : ICollectionFixture<FullCountry>
{
    public const string Name = "one country";
}
