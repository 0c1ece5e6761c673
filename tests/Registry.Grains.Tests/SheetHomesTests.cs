using Registry.Core.Countries;
using Registry.Grains.Placement;

namespace Registry.Grains.Tests;

/// <summary>Which silo each sheet is at home on.</summary>
public sealed class SheetHomesTests
{
    private static readonly int[] Sheets = [.. Regimes.Find("kz")!.Jurisdiction.Sheets.Select(sheet => sheet.Number)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(30)]
    public void Every_sheet_has_a_home_and_no_silo_more_than_a_quarter_beyond_its_share(int silos)
    {
        var homes = SheetHomes.Of(Sheets, Names(silos));

        Assert.Equal(Sheets.Order(), homes.Keys.Order());
        Assert.All(homes.Values.CountBy(silo => silo), silo => Assert.InRange(silo.Value, 1, SheetHomes.MostOnOne(Sheets.Length, silos)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void With_three_silos_or_more_none_has_more_than_half_also_after_any_one_left(int silos)
    {
        var names = Names(silos);
        foreach (var gone in names)
        {
            string[] left = [.. names.Where(name => name != gone)];
            if (left.Length >= 3)
                Assert.All(SheetHomes.Of(Sheets, left).Values.CountBy(silo => silo), silo => Assert.InRange(silo.Value, 1, Sheets.Length / 2));
        }

        Assert.All(SheetHomes.Of(Sheets, names).Values.CountBy(silo => silo), silo => Assert.InRange(silo.Value, 1, Sheets.Length / 2));
    }

    [Fact]
    public void A_silo_more_moves_fewer_than_half_of_the_sheets()
    {
        var (three, four) = (SheetHomes.Of(Sheets, Names(3)), SheetHomes.Of(Sheets, Names(4)));

        Assert.InRange(Sheets.Count(sheet => three[sheet] != four[sheet]), 1, (Sheets.Length / 2) - 1);
    }

    private static string[] Names(int silos) => [.. Enumerable.Range(1, silos).Select(number => $"silo-{number}")];
}
