using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Actors.Tests.Hosting;
using Registry.Core.Filters;
using Registry.Core.Filters.Text;
using Registry.Core.Ground;
using Registry.Core.Titles;

namespace Registry.Actors.Tests.Ground;

/// <summary>
/// A query that covers a whole sheet is answered by what the index knows; the same with a filter that everything passes looks at each
/// object. Ground lies across the corner of four sheets, and leaves some of them.
/// </summary>
public sealed class WholeSheetTests
{
    private static readonly FilterExpression Everything = FilterText.Read("id IS NOT NULL").Filter!;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_the_index_knows_is_what_looking_finds(int seed)
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var cells = country.Cells(random.Next(-9, 6), random.Next(-9, 6), random.Next(1, 5), random.Next(1, 5));
            var id = $"lb-{i}";
            if ((await country.Apply(id, "a", cells)).Refusal is not null || random.Next(2) == 0)
                continue;
            await country.Decide(id, new Grant());
            await country.Actors.LicenseBlock(id).Carry(
                country.By(SmallCountry.Applicant("a")), new Relinquish(CellSet.Of(cells.Where((_, place) => place < cells.Count / 2))));
        }

        var graticule = country.Regime.Graticule;
        foreach (var sheet in country.Regime.Jurisdiction.Sheets)
        {
            var own = BoundingBox.Of(graticule, sheet);
            var eastward = own with { East = own.East + 1 };
            foreach (var box in (BoundingBox[])[own, eastward, own with { South = own.South - 1 }, BoundingBox.World])
            {
                var known = await Walk(country.Actors.Sheet(sheet), new SheetQuery(Collection.LicenseBlocks, box, 0, 3));
                var looked = await Walk(country.Actors.Sheet(sheet), new SheetQuery(Collection.LicenseBlocks, box, 0, 3) { Filter = Everything });
                Assert.Equal(looked, known);
                var count = await country.Actors.Sheet(sheet).Query(new SheetQuery(Collection.LicenseBlocks, box, 0, 0));
                Assert.Equal(looked.Sum(page => page.Count), count.Matched);
            }
        }
    }

    private static async Task<List<List<byte[]>>> Walk(ISheet sheet, SheetQuery query)
    {
        var pages = new List<List<byte[]>>();
        for (var after = 0L; ;)
        {
            var page = await sheet.Query(query with { After = after });
            pages.Add([.. page.Features]);
            if (!page.HasMore)
                return pages;
            after = page.Last;
        }
    }
}
