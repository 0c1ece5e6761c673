using Registry.Core.Countries;
using Registry.Core.Law;

namespace Registry.Core.Tests.Law;

public sealed class RegionMapTests
{
    private static readonly RegionMap Regions = Regimes.Kazakhstan.Regions!;

    [Theory]
    [InlineData(71.43, 51.13, "Astana (city)")]
    [InlineData(76.93, 43.25, "Almaty (city)")]
    [InlineData(73.10, 49.80, "Karagandy")]
    [InlineData(67.71, 47.80, "Ulytau")]
    [InlineData(82.61, 49.95, "East Kazakhstan")]
    [InlineData(51.92, 47.10, "Atyrau")]
    public void Cities_are_in_their_regions(double longitude, double latitude, string region) =>
        Assert.Equal(region, Regions.NameAt(longitude, latitude));

    [Fact]
    public void Moscow_is_in_none() => Assert.Null(Regions.NameAt(37.62, 55.75));
}
