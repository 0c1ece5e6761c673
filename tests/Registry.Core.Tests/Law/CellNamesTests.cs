using Registry.Core.Countries;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;

namespace Registry.Core.Tests.Law;

public class CellNamesTests
{
    private static readonly Regime Kazakhstan = Regimes.Find("kz")!;

    [Theory]
    [InlineData(76.52, 43.61, "K-43-")]
    [InlineData(2.35, 48.85, "M-31-")]
    [InlineData(125.99, -16.01, "SE51-")]
    public void A_cell_is_named_as_the_maps_name_it_where_it_lies(double longitude, double latitude, string start) =>
        Assert.StartsWith(start, CellNames.NameOf(Kazakhstan, Graticule.Minute.CellAt(longitude, latitude)), StringComparison.Ordinal);

    [Theory]
    [InlineData(89)]
    [InlineData(-89)]
    public void Around_the_poles_no_scheme_names_a_cell(double latitude) =>
        Assert.Null(CellNames.SchemeOf(Kazakhstan, Graticule.Minute.CellAt(0, latitude)));

    [Theory]
    [InlineData(125.99, -16.01)]
    [InlineData(0, 89.5)]
    public void Ground_far_outside_breaks_a_rule_and_nothing_else(double longitude, double latitude)
    {
        var cells = CellSet.Of([Graticule.Minute.CellAt(longitude, latitude)]);
        var refusal = LicenseBlockRules.CheckGround(Kazakhstan, cells, overCells: true);
        Assert.Equal("outside-jurisdiction", Assert.Single(refusal!.Rules).Rule);
    }
}
