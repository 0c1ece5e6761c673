using Registry.Actors.Ground.Objects;
using Registry.Core.Filters;
using Registry.Core.Ground;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Tests.Collections;

public class SheetPlanTests
{
    private static readonly SheetPlan Plan = new(SheetsOfFeatures.Regime);

    [Theory]
    [InlineData(75, 45, 76, 46, "L-43")]
    [InlineData(75, 45, 80, 46, "L-43,L-44")]
    [InlineData(72, 44, 84, 52, "L-43,L-44,M-43,M-44")]
    [InlineData(-180, -90, 180, 90, "L-43,L-44,M-43,M-44")]
    [InlineData(78, 48, 78, 48, "L-43,L-44,M-43,M-44")]
    [InlineData(84, 52, 90, 60, "M-44")]
    [InlineData(84.0001, 52, 90, 60, "")]
    [InlineData(60, 30, 70, 40, "")]
    public void A_rectangle_asks_the_sheets_that_it_touches_in_their_order(double west, double south, double east, double north, string sheets) =>
        Assert.Equal(sheets, string.Join(',', Plan.Touched(new BoundingBox(west, south, east, north))));

    [Fact]
    public void Sheets_without_ground_of_the_jurisdiction_are_never_asked() =>
        Assert.DoesNotContain(new SheetId(11, 45), Plan.Touched(BoundingBox.World));

    [Fact]
    public void The_plan_asks_the_sheets_that_the_sheets_themselves_count_on()
    {
        var random = new Random(5);
        for (var i = 0; i < 1000; i++)
        {
            var (west, south) = (random.Next(280, 340) / 4.0, random.Next(170, 210) / 4.0);
            var box = new BoundingBox(west, south, west + (random.Next(0, 40) / 4.0), south + (random.Next(0, 40) / 4.0));
            Assert.Equal(SheetsOf.Rectangle(SheetsOfFeatures.Regime, box), Plan.Touched(box));
        }
    }

    [Fact]
    public void The_extent_is_the_rectangle_around_the_sheets() => Assert.Equal(new BoundingBox(72, 44, 84, 52), Plan.Extent);

    [Theory]
    [InlineData("170,44,75,52", -180, 75)]
    [InlineData("80,44,-170,52", 80, 180)]
    [InlineData("170,44,-170,52", 170, 180)]
    public void Of_a_rectangle_over_the_antimeridian_the_part_with_sheets_is_asked(string bbox, double west, double east)
    {
        Assert.Null(Plan.Read(bbox.AsMemory(), ReferenceSystem.Crs84, out var box, out var within));
        Assert.Null(within);
        Assert.Equal(new BoundingBox(west, 44, east, 52), box);
    }

    [Fact]
    public void A_rectangle_that_goes_round_the_Earth_into_the_jurisdiction_is_asked_with_a_condition()
    {
        Assert.Null(Plan.Read("80,44,75,52".AsMemory(), ReferenceSystem.Crs84, out var box, out var within));
        Assert.Equal(new BoundingBox(-180, 44, 180, 52), box);
        Assert.Equal(new BoxLiteral(80, 44, 75, 52), Assert.IsType<SpatialPredicate>(within).Right);
    }

    [Theory]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/32643", "-1000000000,-1000000000,1000000000,1000000000", 4)]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/32643", "500000,4900000,600000,5000000", 1)]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/32639", "-1000000000,-1000000000,0,0", 0)]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/3857", "-20000000,-20000000,20000000,20000000", 4)]
    public void A_rectangle_in_metres_asks_the_sheets_under_it(string system, string bbox, int sheets)
    {
        Assert.Null(Plan.Read(bbox.AsMemory(), ReferenceSystem.Find(system)!, out var box, out _));
        Assert.Equal(sheets, Plan.Touched(box).Length);
    }
}
