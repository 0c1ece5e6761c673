using Microsoft.AspNetCore.Http;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Tests.Parameters;

public class ParameterTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("10000", 10_000)]
    [InlineData("10001", 10_000)]
    [InlineData("0010", 10)]
    [InlineData("99999999999999999999", 10_000)]
    [InlineData(null, 10)]
    public void A_limit_is_read(string? text, int expected)
    {
        Assert.Null(LimitParameter.Read(Memory(text), out var limit));
        Assert.Equal(expected, limit);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("000")]
    [InlineData("-1")]
    [InlineData("+5")]
    [InlineData(" 5")]
    [InlineData("5.0")]
    [InlineData("1e3")]
    [InlineData("ten")]
    [InlineData("")]
    public void A_limit_out_of_range_is_refused_by_its_name(string text) =>
        AssertNamed("limit", LimitParameter.Read(Memory(text), out _));

    [Theory]
    [InlineData("76.5,43,77.5,44", 76.5, 43, 77.5, 44)]
    [InlineData("-1e1,-5.5,+3,0", -10, -5.5, 3, 0)]
    [InlineData("76.5,43,-100,77.5,44,9000", 76.5, 43, 77.5, 44)]
    [InlineData("77,43,77,43", 77, 43, 77, 43)]
    [InlineData("-180,-90,180,90", -180, -90, 180, 90)]
    [InlineData("-180.00000000000003,-90,180.00000000000003,90", -180, -90, 180, 90)]
    [InlineData("-180,-90.0000001,180,90.0000001", -180, -90, 180, 90)]
    [InlineData("-185,-85,195,85", -180, -85, 180, 85)]
    [InlineData("-270,-135,270,135", -180, -90, 180, 90)]
    [InlineData("410,40,440,50", 50, 40, 80, 50)]
    [InlineData("-310,40,-280,50", 50, 40, 80, 50)]
    [InlineData("410,40,0,440,50,9", 50, 40, 80, 50)]
    [InlineData("1,2,3,91", 1, 2, 3, 90)]
    public void A_rectangle_is_read(string text, double west, double south, double east, double north)
    {
        Assert.Null(BoundingBoxParameter.Read(Memory(text), ReferenceSystem.Crs84, out var box, out var beyond));
        Assert.Equal(new BoundingBox(west, south, east, north), box);
        Assert.Null(beyond);
    }

    [Fact]
    public void No_rectangle_is_the_whole_Earth()
    {
        Assert.Null(BoundingBoxParameter.Read(null, ReferenceSystem.Crs84, out var box, out _));
        Assert.Equal(BoundingBox.World, box);
    }

    [Theory]
    [InlineData("170,-10,-170,10")]
    [InlineData("170,-10,190,10")]
    [InlineData("-190,-10,-170,10")]
    [InlineData("530,-10,-170,10")]
    public void A_rectangle_over_the_antimeridian_is_two(string text)
    {
        Assert.Null(BoundingBoxParameter.Read(Memory(text), ReferenceSystem.Crs84, out var box, out var beyond));
        Assert.Equal(new BoundingBox(170, -10, 180, 10), box);
        Assert.Equal(new BoundingBox(-180, -10, -170, 10), beyond);
    }

    [Theory]
    [InlineData("EPSG/0/4326", "-85,-185,85,195", -180, -85, 180, 85)]
    [InlineData("EPSG/0/4326", "40,410,50,440", 50, 40, 80, 50)]
    [InlineData("EPSG/0/3857", "-40075016,-20037508,40075016,20037508", -20037508.342789244, -20037508, 20037508.342789244, 20037508)]
    public void Worlds_that_are_shown_more_than_once_are_one_in_every_system(string system, string text, double west, double south, double east, double north)
    {
        var read = ReferenceSystem.Find($"http://www.opengis.net/def/crs/{system}")!;
        Assert.Null(BoundingBoxParameter.Read(Memory(text), read, out var box, out var beyond));
        Assert.Equal(new BoundingBox(west, south, east, north), box);
        Assert.Null(beyond);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("100000", 100_000)]
    [InlineData(null, 0)]
    public void An_offset_is_read(string? text, int expected)
    {
        Assert.Null(OffsetParameter.Read(Memory(text), out var offset));
        Assert.Equal(expected, offset);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("100001")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public void An_offset_out_of_range_is_refused_by_its_name(string text) => AssertNamed("offset", OffsetParameter.Read(Memory(text), out _));

    [Theory]
    [InlineData("")]
    [InlineData("1,2,3")]
    [InlineData("1,2,3,4,5")]
    [InlineData("1,2,3,4,5,6,7")]
    [InlineData("1,2,x,4")]
    [InlineData("1,2,,4")]
    [InlineData("1, 2,3,4")]
    [InlineData("NaN,2,3,4")]
    [InlineData("1,2,Infinity,4")]
    [InlineData("-3601,2,3,4")]
    [InlineData("1,2,3,3601")]
    [InlineData("1,91,3,95")]
    [InlineData("1,-95,3,-91")]
    [InlineData("1,5,3,4")]
    [InlineData("1,2,9,3,4,8")]
    [InlineData("1,2,1e999,3,4,8")]
    public void A_rectangle_that_is_none_is_refused_by_its_name(string text) =>
        AssertNamed("bbox", BoundingBoxParameter.Read(Memory(text), ReferenceSystem.Crs84, out _, out _));

    [Theory]
    [InlineData("2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31T00:00:00.25+05:00")]
    [InlineData("2026-01-31T00:00:00 05:00")]
    [InlineData("2026-01-31t00:00:00.123456789012z")]
    [InlineData("2026-01-31T00:00:00-00:00")]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T00:00:00Z/2026-02-01T00:00:00Z")]
    [InlineData("../2026-02-01T00:00:00Z")]
    [InlineData("2026-01-31T00:00:00Z/..")]
    [InlineData("/2026-02-01T00:00:00Z")]
    public void An_instant_or_an_interval_is_read(string text) => Assert.Null(DateTimeParameter.Read(Memory(text), out _));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("../..")]
    [InlineData("/")]
    [InlineData("2026-06-01T12:00:00")]
    [InlineData("2026-06-01T12:00:00+0500")]
    [InlineData("2026-06-01T12:00:00/2026-07-01T12:00:00Z")]
    [InlineData("../2026-06-01T12:00:00")]
    [InlineData("2026-02-30")]
    [InlineData("2026-02-01/2026-01-01")]
    [InlineData("2026-01-01/2026-02-01/2026-03-01")]
    public void What_is_no_instant_is_refused_by_its_name(string text) => AssertNamed("datetime", DateTimeParameter.Read(Memory(text), out _));

    [Fact]
    public void Values_are_found_by_name_and_decoded()
    {
        Span<ReadOnlyMemory<char>?> values = [null, null];
        Assert.Null(QueryText.Read(new QueryString("?lat=%34%33.5&lon=+77"), ["lon", "lat"], values));
        Assert.Equal((" 77", "43.5"), (values[0].ToString(), values[1].ToString()));
    }

    [Theory]
    [InlineData("?bbx=1,2,3,4", "bbx")]
    [InlineData("?lon=1&lon=2", "lon")]
    [InlineData("?Lon=1", "Lon")]
    public void A_parameter_that_is_unknown_or_given_twice_is_refused_by_its_name(string query, string name)
    {
        Span<ReadOnlyMemory<char>?> values = [null, null];
        AssertNamed(name, QueryText.Read(new QueryString(query), ["lon", "lat"], values));
    }

    private static ReadOnlyMemory<char>? Memory(string? text) => text is null ? default(ReadOnlyMemory<char>?) : text.AsMemory();

    private static void AssertNamed(string name, Refusal? refusal)
    {
        Assert.NotNull(refusal);
        Assert.Equal(RefusalKind.Malformed, refusal.Kind);
        Assert.Equal(name, Assert.Single(refusal.Faults).Pointer);
        Assert.EndsWith(".", refusal.Detail, StringComparison.Ordinal);
    }
}
