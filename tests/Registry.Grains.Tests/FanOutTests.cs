using Microsoft.Extensions.DependencyInjection;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Actors.Tests;
using Registry.Core.Ground;

namespace Registry.Grains.Tests;

/// <summary>What a question costs in messages between processes, and that it is answered wherever its sheets are.</summary>
public sealed class FanOutTests : IAsyncLifetime
{
    private static readonly SheetId[] Sheets = [.. RegistryCluster.SheetsOfACountry];

    private RegistryCluster _cluster = null!;
    private SmallCountry _country = null!;

    public async Task InitializeAsync() => _country = await SmallCountry.Start(async country => _cluster = await RegistryCluster.Start(country, silos: 3));

    public Task DisposeAsync() => _country.DisposeAsync().AsTask();

    [Fact]
    public async Task A_cell_is_looked_at_by_one_call()
    {
        var cell = _country.Cells(0, 0, 1, 1)[0];
        await _country.Look(cell);
        var before = _cluster.Calls;

        await _country.Look(cell);

        Assert.Equal(1, _cluster.Calls - before);
    }

    [Fact]
    public async Task Every_sheet_of_a_country_is_asked_by_one_call_to_each_silo()
    {
        await _cluster.Actors.Query(AllSheets());
        var before = _cluster.Calls;

        await _cluster.Actors.Query(AllSheets());

        Assert.Equal(3, _cluster.Calls - before);
    }

    [Fact]
    public async Task Each_page_is_what_its_sheet_answers_by_itself_in_the_order_asked()
    {
        var cells = _country.Cells(-1, -1, 2, 2);
        Assert.NotNull((await _country.Apply("lb-1", "a", cells)).Object);
        SheetId[] asked = [.. cells.Sheets(_country.Regime.Graticule).Reverse()];
        var query = new SheetsQuery(
            new SheetQuery(Collection.LicenseBlocks, BoundingBox.World, 0, 0), [.. asked.Select((sheet, i) => new SheetPart(sheet, 0, i % 2))]);

        var pages = await _cluster.Actors.Query(query);

        Assert.Equal(4, pages.Count);
        for (var i = 0; i < asked.Length; i++)
        {
            var alone = await _cluster.Actors.Sheet(asked[i]).Query(query.Of(query.Parts[i]));
            Assert.Equal(alone.Features, pages[i].Features);
            Assert.Equal((alone.Matched, alone.Last, alone.HasMore), (pages[i].Matched, pages[i].Last, pages[i].HasMore));
        }

        Assert.Equal(1, pages.Sum(page => page.Matched));
    }

    [Fact]
    public async Task Sheets_that_went_elsewhere_are_asked_there()
    {
        await _cluster.Actors.Query(AllSheets());
        await _cluster.Cluster.StopSiloAsync(_cluster.Cluster.Silos[2]);
        foreach (var silo in _cluster.Cluster.Silos)
            await silo.ServiceProvider.GetRequiredService<IClusterMembershipService>().Refresh();

        Assert.Equal(Sheets.Length, (await _cluster.Actors.Query(AllSheets())).Count);
        // Who found that a silo does not answer asks at the next question where its sheets are.
        await _cluster.Actors.Query(AllSheets());
        var before = _cluster.Calls;
        await _cluster.Actors.Query(AllSheets());

        Assert.Equal(2, _cluster.Calls - before);
    }

    [Fact]
    public async Task A_silo_that_is_killed_takes_no_answer_with_it()
    {
        await _cluster.Actors.Query(AllSheets());
        await _cluster.Cluster.KillSiloAsync(_cluster.Cluster.Silos[2]);

        Assert.Equal(Sheets.Length, (await _cluster.Actors.Query(AllSheets())).Count);
    }

    private static SheetsQuery AllSheets() => new(
        new SheetQuery(Collection.LicenseBlocks, BoundingBox.World, 0, 0), [.. Sheets.Select(sheet => new SheetPart(sheet, 0, 1))]);
}
