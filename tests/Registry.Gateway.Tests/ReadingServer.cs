using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Deposits;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Cells;
using Registry.Gateway.Collections;
using Registry.Gateway.Documentation;
using Registry.Gateway.Hosting;
using Registry.Gateway.Tiles;
using Registry.Storage.InMemory;
using Request = Registry.Actors.Features.Request;

namespace Registry.Gateway.Tests;

/// <summary>The addresses that read, over HTTP, on Kazakhstan in memory; the tests register straight with the actors.</summary>
public sealed partial class ReadingServer : IAsyncLifetime, IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("reading-server");
    private readonly InMemoryJournal _journal = new(TimeProvider.System);
    private InProcessActors? _actors;
    private WebApplication? _app;
    private int _requests;

    public static Regime Regime { get; } = Regimes.Find("kz")!;

    public async Task InitializeAsync()
    {
        _actors = new InProcessActors(Regime, _journal, TimeProvider.System, NullLoggerFactory.Instance);
        await _actors.LoadSheets(Regime, CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(Regime).AddSingleton<IActors>(_actors).AddSingleton<IJournal>(_journal).AddSingleton(TimeProvider.System);
        builder.Services.AddReading(new RegistrySettings(_directory.FullName, null, "kz", null));
        _app = builder.Build();
        _app.MapCells();
        _app.MapCollections();
        _app.MapTiles();
        _app.MapDocumentation();
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (_app is null || _actors is null)
            return;
        Client.Dispose();
        await _app.DisposeAsync();
        _app = null;
        await _actors.DisposeAsync();
        await _journal.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>Files an application over a rectangle of cells.</summary>
    public async Task<LicenseBlockState> Apply(double west, double south, int columns = 1, int rows = 1)
    {
        var graticule = Regime.Graticule;
        var corner = graticule.CellAt(west, south);
        var cells = CellSet.Of(
            from row in Enumerable.Range(graticule.Row(corner), rows)
            from column in Enumerable.Range(graticule.Column(corner), columns)
            select graticule.CellOf(row, column));
        var apply = new Apply(LicenseBlockKind.Exploration, new Holder("party-a", "A", "KZ"), cells, null, ["lithium"], QueueIfTaken: false);
        var number = Interlocked.Increment(ref _requests);
        var answer = await _actors!.LicenseBlock($"lb-{number}").Carry(new Request($"request-{number}", Caller.Registry), apply);
        return answer.Object?.State ?? throw new InvalidOperationException(answer.Refusal!.Detail);
    }

    public async Task<DepositState> AddDeposit(double longitude, double latitude)
    {
        var number = Interlocked.Increment(ref _requests);
        var deposit = new DepositState
        {
            Id = $"dp-{number}",
            Name = $"Deposit {number}",
            Status = DepositStatus.Prospect,
            Geometry = Wgs84.Factory.CreatePoint(new NetTopologySuite.Geometries.Coordinate(longitude, latitude)),
            Commodities = ["gold"],
        };
        var answer = await _actors!.Deposit(deposit.Id).Register(new Request($"request-{number}", new Caller("registrar", Role.Registrar)), deposit);
        return answer.Object?.State ?? throw new InvalidOperationException(answer.Refusal!.Detail);
    }
}
