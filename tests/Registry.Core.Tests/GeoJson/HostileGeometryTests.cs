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

    private static GeometryReading Read(string json) => GeometryReader.Read(Encoding.UTF8.GetBytes(json), GeoJsonLimits.Default);
}
