using Microsoft.Extensions.Hosting;
using Registry.Core.Ground;
using Registry.Grains.Hosting;
using Registry.Grains.Sheets;

namespace Registry.Cluster.Tests;

/// <summary>Where the sheets of a cluster are, as Orleans's own management tells it to one more client.</summary>
public sealed class SheetPlaces : IAsyncDisposable
{
    /// <summary>How many sheets Kazakhstan has.</summary>
    public const int Sheets = 26;

    private readonly IHost _host;
    private readonly IManagementGrain _management;

    private SheetPlaces(IHost host, IManagementGrain management) => (_host, _management) = (host, management);

    /// <summary>Connects to a cluster.</summary>
    /// <param name="database">Where its membership is.</param>
    public static async Task<SheetPlaces> Of(string database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client.AddRegistry().InPostgres(database));
        var host = builder.Build();
        await host.StartAsync();
        return new SheetPlaces(host, ((IGrainFactory)host.Services.GetService(typeof(IGrainFactory))!).GetGrain<IManagementGrain>(0));
    }

    /// <summary>Ends when all sheets are on so many silos, each once, and none of these has more than half of them.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="cluster">Where they are asked meanwhile: one whose move failed is activated by the next question to it.</param>
    public async Task UntilSpread(int silos, RegistryCluster cluster)
    {
        using var late = new CancellationTokenSource(Deadline.OfAStep);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var places = await BySilo(); !IsSpread(places, silos); places = await BySilo())
        {
            Assert.False(late.IsCancellationRequested, $"Sheets by silo, on {silos} silos: {string.Join(", ", places)}.");
            await again.WaitForNextTickAsync();
            await cluster.EverySheetAnswers();
        }
    }

    /// <summary>On which silo each sheet is. One that is on its way is on none, or on two that are asked one after the other: it is left out.</summary>
    public async Task<Dictionary<SheetId, SiloAddress>> BySheet() => (await OfSheets())
        .GroupBy(grain => SheetId.FromNumber((int)grain.GrainId.GetIntegerKey()), grain => grain.SiloAddress)
        .Where(silos => silos.Count() == 1)
        .ToDictionary(silos => silos.Key, silos => silos.Single());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static bool IsSpread(IReadOnlyCollection<int> places, int silos) =>
        places.Count == silos && places.Sum() == Sheets && places.Max() <= Sheets / 2;

    private async Task<IReadOnlyCollection<int>> BySilo() =>
    [
        .. from grain in await OfSheets()
           group grain by grain.SiloAddress into silo
           select silo.Count(),
    ];

    private async Task<IEnumerable<DetailedGrainStatistic>> OfSheets() => (await _management.GetDetailedGrainStatistics())
        .Where(grain => grain.GrainType.Contains(nameof(SheetGrain), StringComparison.Ordinal));
}
