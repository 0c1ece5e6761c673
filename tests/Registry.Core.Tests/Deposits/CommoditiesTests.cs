using Registry.Core.Deposits;

namespace Registry.Core.Tests.Deposits;

public class CommoditiesTests
{
    [Theory]
    [InlineData("Cobalt", "cobalt")]
    [InlineData("aluminum", "aluminium")]
    [InlineData("Aluminium", "aluminium")]
    [InlineData("barite", "baryte")]
    [InlineData("baryte", "baryte")]
    [InlineData("cesium", "caesium")]
    [InlineData("fluorite", "fluorspar")]
    [InlineData("metallurgical coal", "coking coal")]
    [InlineData(" platinum-group  elements ", "platinum group metals")]
    [InlineData("Rare_Earths", "rare earth elements")]
    [InlineData("Cu", "copper")]
    [InlineData("Co", "cobalt")]
    public void A_spelling_is_read_as_the_one_name(string spelling, string name)
    {
        Assert.True(Commodities.TryRead(spelling, out var read));
        Assert.Equal(name, read);
    }

    [Theory]
    [InlineData("phosphateRock", "phosphate rock")]
    [InlineData("platinumGroupMetal", "platinum group metals")]
    [InlineData("rareEarthElement", "rare earth elements")]
    [InlineData("HREE", "heavy rare earth elements")]
    [InlineData("phosphorous", "phosphorus")]
    [InlineData("coalBedMethane", "coal bed methane")]
    [InlineData("tungsten", "tungsten")]
    public void An_INSPIRE_code_is_read_as_the_name_it_maps_to(string code, string name)
    {
        Assert.True(Commodities.TryRead(code, out var read));
        Assert.Equal(name, read);
    }

    [Theory]
    [InlineData("Neoymium")]
    [InlineData("elements")]
    [InlineData("CU")]
    [InlineData("")]
    [InlineData("directUseCcommodity")]
    public void What_is_not_known_is_not_guessed(string spelling)
    {
        Assert.False(Commodities.TryRead(spelling, out var name));
        Assert.Null(name);
    }

    [Theory]
    [InlineData("Neoymium", "neodymium")]
    [InlineData("tungstenn", "tungsten")]
    [InlineData("moIybdenum", "molybdenum")]
    public void A_misspelling_one_letter_off_a_single_name_can_be_corrected(string misspelling, string name)
    {
        Assert.True(Commodities.TryCorrect(misspelling, out var read));
        Assert.Equal(name, read);
    }

    [Theory]
    [InlineData("tinn")]
    [InlineData("elements")]
    [InlineData("neomium")]
    // Terbium with one letter changed, erbium with one added.
    [InlineData("cerbium")]
    public void A_misspelling_that_is_short_or_far_or_near_two_names_is_not_corrected(string misspelling) =>
        Assert.False(Commodities.TryCorrect(misspelling, out _));

    [Fact]
    public void Every_name_reads_as_itself_and_is_in_lower_case() => Assert.All(Commodities.Names, name =>
    {
        Assert.True(Commodities.TryRead(name, out var read));
        Assert.Equal(name, read);
        Assert.Equal(name.ToLowerInvariant(), name);
    });
}
