using NetTopologySuite.Geometries;
using Registry.Core.Countries;
using Registry.Core.Law;

namespace Registry.Core.Tests.Law;

public class KazakhRegimeTests
{
    private static readonly Regime Kazakhstan = Regimes.Kazakhstan;

    [Fact]
    public void The_country_has_1183044_cells_in_26_sheets()
    {
        Assert.Equal(1_183_044, Kazakhstan.Jurisdiction.CellCount);
        string[] sheets =
        [
            .. Names('K', 39, 44), .. Names('L', 38, 45), .. Names('M', 38, 45), .. Names('N', 41, 44),
        ];
        Assert.Equal(sheets, Kazakhstan.Jurisdiction.Sheets.Select(sheet => sheet.ToString()));
    }

    [Fact]
    public void The_outline_is_a_valid_multipolygon_of_every_published_vertex_but_one_that_makes_a_spike()
    {
        var outline = Assert.IsType<MultiPolygon>(Kazakhstan.Outline);

        Assert.True(outline.IsValid);
        Assert.Equal((6, 4_132, 4326), (outline.NumGeometries, outline.NumPoints, outline.SRID));
    }

    [Theory]
    [InlineData(76.95, 43.25, true)] // Almaty
    [InlineData(71.43, 51.13, true)] // Astana
    [InlineData(49.09, 55.79, false)] // Kazan
    [InlineData(63.3, 45.92, false)] // the Baikonur cosmodrome, leased to Russia
    [InlineData(69.28, 41.31, false)] // Tashkent
    public void Places_are_in_the_country_or_not(double longitude, double latitude, bool inside)
    {
        Assert.Equal(inside, Kazakhstan.Jurisdiction.Contains(Kazakhstan.Graticule.CellAt(longitude, latitude)));
        Assert.Equal(inside, Kazakhstan.Outline!.Contains(new Point(longitude, latitude)));
    }

    [Theory]
    [InlineData(LicenseBlockKind.Exploration, 6)]
    [InlineData(LicenseBlockKind.Mining, 25)]
    [InlineData(LicenseBlockKind.Contract, 25)]
    [InlineData(LicenseBlockKind.GeologicalStudy, 3)]
    public void Every_kind_has_its_term(LicenseBlockKind kind, int years) => Assert.Equal(years, Kazakhstan.TermYears[kind]);

    [Fact]
    public void A_date_begins_at_19_hours_UTC_of_the_day_before()
    {
        var start = Kazakhstan.Calendar.StartOf(new DateOnly(2026, 3, 1));

        Assert.Equal(new DateTimeOffset(2026, 2, 28, 19, 0, 0, TimeSpan.Zero), start);
        Assert.Equal(new DateOnly(2026, 3, 1), Kazakhstan.Calendar.DateOf(start));
        Assert.Equal(new DateOnly(2026, 2, 28), Kazakhstan.Calendar.DateOf(start.AddTicks(-1)));
    }

    [Fact]
    public void Ten_working_days_after_a_refusal_pass_over_Nauryz_and_weekends()
    {
        // From Monday 16 March 2026: 17-20, 24-27, 30-31; the 21st to the 23rd are Nauryz, the 23rd a Monday.
        var from = new DateOnly(2026, 3, 16);

        Assert.Equal(new DateOnly(2026, 3, 31), Kazakhstan.Calendar.AddWorkingDays(from, Kazakhstan.WorkingDaysAfterRefusal));
    }

    [Theory]
    [InlineData("kz")]
    [InlineData("KZ")]
    public void It_is_found_by_its_code_and_built_once(string code) => Assert.Same(Kazakhstan, Regimes.Find(code));

    [Fact]
    public void Every_code_of_a_regime_finds_it_and_no_other_does()
    {
        Assert.All(Regimes.Codes, code => Assert.Equal(code, Regimes.Find(code)!.Code));
        Assert.Null(Regimes.Find("wa"));
        Assert.Null(Regimes.Find(""));
    }

    private static IEnumerable<string> Names(char row, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(zone => $"{row}-{zone}");
}
