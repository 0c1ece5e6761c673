using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Actors.Tests.Hosting;
using Registry.Core.Filters.Text;
using Registry.Core.Ground;

namespace Registry.Actors.Tests.Ground;

/// <summary>How many matched at a past instant is kept when the sheet as it stood is not: a page of a country asks every sheet for it.</summary>
public sealed class PastCountTests
{
    [Fact]
    public async Task A_number_of_the_past_is_worked_out_once_for_a_filter()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        for (var i = 0; i < 5; i++)
            await country.Apply($"lb-{i}", "a", country.Cells(2 * i, 0, 1, 1 + (i % 2)));
        var journal = CountingJournal.Before(country.Journal);
        var sheet = new SheetActivation(new Sheet(
            country.Regime.Graticule.SheetOf(country.Cells(0, 0, 1, 1)[0]), country.Regime, (IJournal)(object)journal, country.Clock,
            new PastSheets(mostBytes: 1), NullLogger<Sheet>.Instance));
        await sheet.Activate();

        Assert.Equal((5, 1), (await Count(sheet, 5, "cellCount > 0"), journal.Readings));
        Assert.Equal((2, 1), (await Count(sheet, 5, "cellCount = 2"), journal.Readings));
        // Of another instant, which the first has to give way to.
        Assert.Equal((1, 2), (await Count(sheet, 2, "cellCount = 2"), journal.Readings));
        Assert.Equal((2, 2), (await Count(sheet, 5, "cellCount = 2"), journal.Readings));
        Assert.Equal((5, 2), (await Count(sheet, 5, "cellCount > 0"), journal.Readings));
        Assert.Equal((3, 3), (await Count(sheet, 5, "cellCount = 1"), journal.Readings));
        await sheet.Close();
    }

    private static async Task<int> Count(SheetActivation sheet, long cut, string filter) => (await sheet.Query(
        new SheetQuery(Collection.LicenseBlocks, BoundingBox.World, 0, 0) { AsAt = cut, Filter = FilterText.Read(filter).Filter })).Matched;

    /// <summary>Counts how often a sheet of the past is read.</summary>
    public class CountingJournal : DispatchProxy
    {
        private IJournal _journal = null!;

        public int Readings { get; private set; }

        public static CountingJournal Before(IJournal journal)
        {
            var counting = (CountingJournal)(object)Create<IJournal, CountingJournal>();
            counting._journal = journal;
            return counting;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Readings += targetMethod!.Name == nameof(IJournal.SheetHistory) ? 1 : 0;
            return targetMethod.Invoke(_journal, args);
        }
    }
}
