using System.Text;
using Registry.Core.GeoJson;

namespace Registry.Core.Tests.GeoJson;

public class HostileGeometryTests
{
    private const int Most = 19_990;

    [Fact]
    public void A_large_ring_is_read() => Assert.True(Read(HostileGeometry.Circle(Most)).IsSound);

    [Fact]
    public void A_crossing_in_the_middle_of_a_large_ring_is_found_with_its_place()
    {
        var fault = Assert.Single(Read(HostileGeometry.CrossedCircle(Most)).Faults);
        Assert.Equal("/coordinates/0/9994", fault.Pointer);
        Assert.Equal("The ring crosses itself at (60.000000494, 47.998428418).", fault.Detail);
    }

    [Fact]
    public void A_large_ring_that_crosses_itself_everywhere_is_refused_with_one_place() =>
        Assert.Contains("crosses itself", Assert.Single(Read(HostileGeometry.Scribble(Most)).Faults).Detail, StringComparison.Ordinal);

    [Fact]
    public void A_comb_whose_boxes_all_overlap_is_refused_rather_than_checked_for_a_minute()
    {
        var fault = Assert.Single(Read(HostileGeometry.SlantedComb(Most, crossed: false)).Faults);
        Assert.Equal("/coordinates", fault.Pointer);
        Assert.Contains("too intricate", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_comb_is_read_and_its_crossing_found()
    {
        Assert.True(Read(HostileGeometry.SlantedComb(1_000, crossed: false)).IsSound);
        Assert.Contains("crosses itself", Assert.Single(Read(HostileGeometry.SlantedComb(1_000, crossed: true)).Faults).Detail, StringComparison.Ordinal);
    }

    private static GeometryReading Read(string json) => GeometryReader.Read(Encoding.UTF8.GetBytes(json), GeoJsonLimits.Default);
}
