using System.Globalization;
using System.Text;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Gateway.Collections;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Tests.Collections;

public class PagingTests
{
    private static readonly BoundingBox Country = new(72, 44, 84, 52);

    [Fact]
    public async Task Pages_over_several_sheets_give_every_feature_once()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var sheets = Scatter(random, random.Next(0, 120));
            var box = RandomBox(random, 9);
            var read = await ReadToTheEnd(sheets, box, () => random.Next(1, 30));
            Assert.Equal(sheets.Touching(box).Order(), read.Order());
        }
    }

    [Fact]
    public async Task Every_page_but_the_last_is_full()
    {
        var pages = new CollectionPages(Scatter(new Random(7), 100), new SheetPlan(SheetsOfFeatures.Regime));
        Place? from = Place.Start;
        var left = 100;
        while (from is { } place)
        {
            var page = await pages.Read(new FeatureSelection(Collection.LicenseBlocks, Country), place, 15);
            Assert.Equal(Math.Min(15, left), page.Returned);
            Assert.Equal(100, page.Matched);
            left -= page.Returned;
            from = page.Next;
        }

        Assert.Equal(0, left);
    }

    [Fact]
    public async Task Features_that_stand_through_the_paging_are_given_once_while_others_come_and_go()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var sheets = Scatter(random, 80);
            var standing = sheets.Touching(Country).ToHashSet();
            var read = await ReadToTheEnd(sheets, Country, () =>
            {
                sheets.Add(RandomBox(random, 1));
                var leaving = random.Next(1, 80).ToString(CultureInfo.InvariantCulture);
                sheets.Remove(leaving);
                standing.Remove(leaving);
                return random.Next(2, 20);
            });
            Assert.Equal(read.Count, read.Distinct().Count());
            Assert.Empty(standing.Except(read));
        }
    }

    [Fact]
    public async Task A_place_whose_sheet_is_not_asked_begins_on_the_next_sheet()
    {
        var sheets = Scatter(new Random(1), 50);
        var south = SheetsOfFeatures.Regime.Jurisdiction.Sheets[0];
        var north = new BoundingBox(72, 49, 84, 52);
        var page = await new CollectionPages(sheets, new SheetPlan(SheetsOfFeatures.Regime))
            .Read(new FeatureSelection(Collection.LicenseBlocks, north), new Place(south.Number, 40), 100);
        Assert.Equal(sheets.Touching(north).Order(), page.Parts.SelectMany(Ids).Order());
    }

    [Fact]
    public async Task Nothing_is_asked_where_no_sheet_is()
    {
        var sheets = Scatter(new Random(1), 50);
        var page = await new CollectionPages(sheets, new SheetPlan(SheetsOfFeatures.Regime))
            .Read(new FeatureSelection(Collection.LicenseBlocks, new BoundingBox(0, 0, 1, 1)), Place.Start, 10);
        Assert.Equal((0, 0L, null, 0), (page.Returned, page.Matched, page.Next, sheets.Queries));
    }

    [Fact]
    public async Task A_page_that_one_sheet_fills_takes_one_question_to_each_sheet_once_it_is_known_how_new_they_are()
    {
        var sheets = Scatter(new Random(3), 400);
        var pages = new CollectionPages(sheets, new SheetPlan(SheetsOfFeatures.Regime));
        var first = await pages.Read(new FeatureSelection(Collection.LicenseBlocks, Country), Place.Start, 10);
        Assert.Equal(8, sheets.Queries);
        var second = await pages.Read(new FeatureSelection(Collection.LicenseBlocks, Country), Place.Start, 10);
        Assert.Equal(12, sheets.Queries);
        Assert.Equal(first.Next, second.Next);
        await pages.Read(new FeatureSelection(Collection.LicenseBlocks, Country), second.Next!.Value, 10);
        Assert.Equal(16, sheets.Queries);
    }

    private static async Task<List<string>> ReadToTheEnd(SheetsOfFeatures sheets, BoundingBox box, Func<int> nextLimit)
    {
        var pages = new CollectionPages(sheets, new SheetPlan(SheetsOfFeatures.Regime));
        var read = new List<string>();
        Place? from = Place.Start;
        while (from is { } place)
        {
            var limit = nextLimit();
            var page = await pages.Read(new FeatureSelection(Collection.LicenseBlocks, box), place, limit);
            var ids = page.Parts.SelectMany(Ids).ToList();
            Assert.True(ids.Count <= limit);
            Assert.Equal(page.Returned, ids.Count);
            read.AddRange(ids);
            from = page.Next;
        }

        return read;
    }

    private static SheetsOfFeatures Scatter(Random random, int count)
    {
        var sheets = new SheetsOfFeatures();
        for (var i = 0; i < count; i++)
            sheets.Add(RandomBox(random, 4));
        return sheets;
    }

    private static BoundingBox RandomBox(Random random, double mostDegrees)
    {
        // Quarters of a degree, so that edges often fall on the edges of sheets.
        var west = 72 + (random.Next(0, 48) / 4.0);
        var south = 44 + (random.Next(0, 32) / 4.0);
        var width = random.Next(0, (int)(mostDegrees * 4)) / 4.0;
        var height = random.Next(0, (int)(mostDegrees * 4)) / 4.0;
        return new BoundingBox(west, south, Math.Min(84, west + width), Math.Min(52, south + height));
    }

    private static IEnumerable<string> Ids(SheetPage page) => page.Features.Select(Encoding.UTF8.GetString);
}
