using Registry.Actors.Tests;
using Registry.Grains.Sheets;

namespace Registry.Grains.Tests;

/// <summary>Sheets spread over the silos, so that a silo more is a share less for each of the others.</summary>
public sealed class PlacementTests : IAsyncLifetime
{
    private RegistryCluster _cluster = null!;
    private SmallCountry _country = null!;

    public async Task InitializeAsync() => _country = await SmallCountry.Start(async country => _cluster = await RegistryCluster.Start(country, silos: 3));

    public Task DisposeAsync() => _country.DisposeAsync().AsTask();

    [Fact]
    public async Task With_three_silos_none_holds_more_than_half_of_the_26_sheets_of_Kazakhstan()
    {
        await Task.WhenAll(RegistryCluster.SheetsOfACountry.Select(sheet => _cluster.Actors.Sheet(sheet).Figures()));
        var management = _cluster.Cluster.Client.GetGrain<IManagementGrain>(0);
        var bySilo = (await management.GetDetailedGrainStatistics())
            .Where(grain => grain.GrainType.Contains(nameof(SheetGrain), StringComparison.Ordinal))
            .CountBy(grain => grain.SiloAddress)
            .ToList();
        Assert.Equal(26, bySilo.Sum(silo => silo.Value));
        Assert.Equal(3, bySilo.Count);
        Assert.All(bySilo, silo => Assert.InRange(silo.Value, 1, 13));
    }
}
