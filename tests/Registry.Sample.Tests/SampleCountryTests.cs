using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Countries;
using Registry.Core.Deposits;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Formats.DepositTables;

namespace Registry.Sample.Tests;

public class SampleCountryTests
{
    private static readonly Regime Kazakhstan = Regimes.Kazakhstan;
    private static readonly DepositDraft[] Deposits = [Deposit("Akchatau", 74.07, 47.95, "tungsten"), Deposit("Kempirsai", 58.28, 50.34, "nickel", "cobalt")];
    private static readonly SampleCountry Country = SampleCountry.Generate(Kazakhstan, Deposits, SampleSize.Country);

    [Fact]
    public void It_has_2500_license_blocks_of_1_to_200_cells_and_about_40_on_average()
    {
        var counts = Country.LicenseBlocks.Select(block => block.Cells.Count).ToArray();

        Assert.Equal(2_500, counts.Length);
        Assert.Equal(1, counts.Min());
        Assert.InRange(counts.Max(), 190, 200);
        Assert.InRange(counts.Average(), 35, 45);
    }

    [Fact]
    public void Every_license_block_could_be_applied_for() => AssertLawful(Country);

    [Fact]
    public void No_license_block_lies_in_a_restriction_area_or_its_buffer()
    {
        var taken = CellSet.Of(Country.LicenseBlocks.SelectMany(block => block.Cells));

        Assert.All(Country.Areas, area =>
        {
            // A degree is 111 km of latitude, and 63 km of longitude at the north of the country.
            var reach = area.Geometry.Buffer(area.BufferMetres / 63_000);
            var touched = Snapping.Snap(Kazakhstan.Graticule, reach, SnapRule.Touched, 100_000);
            Assert.NotEmpty(touched.Cells);
            Assert.Empty(touched.Cells.Intersect(taken));
        });
    }

    [Fact]
    public void The_areas_say_that_they_are_samples_and_exclude_or_ask_for_consent()
    {
        Assert.All(Country.Areas, area => Assert.Contains("(sample)", area.Name, StringComparison.Ordinal));
        Assert.All(Country.Areas, area => Assert.True(area.Geometry.IsValid && area.Geometry.SRID == Wgs84.Srid));
        Assert.Contains(Country.Areas, area => area.Effect == RestrictionEffect.Exclude);
        Assert.Contains(Country.Areas, area => area.Effect == RestrictionEffect.Consent);
    }

    [Fact]
    public void The_holders_come_from_a_dozen_countries_and_say_that_they_are_made_up()
    {
        Assert.InRange(Country.Parties.Select(party => party.Country).Distinct().Count(), 12, 20);
        Assert.All(Country.Parties, party => Assert.Contains("(fictitious)", party.Name, StringComparison.Ordinal));
        Assert.Distinct(Country.Parties.Select(party => party.Name));
        Assert.All(Country.LicenseBlocks, block => Assert.InRange(block.Holder, 0, Country.Parties.Count - 1));
        Assert.Equal(Country.Parties.Count, Country.LicenseBlocks.Select(block => block.Holder).Distinct().Count());
    }

    [Theory]
    [InlineData(LicenseBlockStatus.Granted, 0.70)]
    [InlineData(LicenseBlockStatus.Applied, 0.15)]
    [InlineData(LicenseBlockStatus.Refused, 0.08)]
    [InlineData(LicenseBlockStatus.Withdrawn, 0.06)]
    public void Most_are_granted_and_some_refused_withdrawn_or_undecided(LicenseBlockStatus outcome, double share) => Assert.InRange(
        Country.LicenseBlocks.Count(block => block.Outcome == outcome) / 2_500.0, share - 0.03, share + 0.03);

    [Fact]
    public void Commodities_are_known_by_their_one_name_and_follow_the_deposit_in_the_ground()
    {
        Assert.All(Country.LicenseBlocks.SelectMany(block => block.Commodities).Distinct(), name =>
        {
            Assert.True(Commodities.TryRead(name, out var read));
            Assert.Equal(name, read);
        });
        Assert.All(Country.LicenseBlocks, block => Assert.NotEmpty(block.Commodities));
        foreach (var deposit in Deposits)
        {
            var cell = Kazakhstan.Graticule.CellAt(deposit.Location.X, deposit.Location.Y);
            var over = Country.LicenseBlocks.Single(block => block.Cells.Contains(cell));
            Assert.Subset(deposit.Commodities.ToHashSet(), over.Commodities.ToHashSet());
        }
    }

    [Fact]
    public void License_blocks_gather_around_deposits()
    {
        int Near(DepositDraft deposit) => Country.LicenseBlocks.Count(block =>
            Math.Abs(Kazakhstan.Graticule.Longitude(Kazakhstan.Graticule.Column(block.Cells[0])) - deposit.Location.X) < 1
            && Math.Abs(Kazakhstan.Graticule.Latitude(Kazakhstan.Graticule.Row(block.Cells[0])) - deposit.Location.Y) < 1);

        // Evenly strewn, 2,500 blocks would come to about 30 in such a window.
        Assert.All(Deposits, deposit => Assert.InRange(Near(deposit), 60, 2_500));
    }

    [Fact]
    public void The_same_seed_makes_the_same_country_and_another_seed_another()
    {
        var small = SampleSize.Country with { LicenseBlocks = 50 };
        var (one, again) = (SampleCountry.Generate(Kazakhstan, Deposits, small), SampleCountry.Generate(Kazakhstan, Deposits, small));

        Assert.Equal(Written(one), Written(again));
        Assert.NotEqual(Written(one), Written(SampleCountry.Generate(Kazakhstan, Deposits, small with { Seed = 1 })));
    }

    [Fact]
    public void The_given_deposits_are_its_deposits() => Assert.Equal(Deposits, Country.Deposits);

    [Fact]
    public void A_full_country_has_25000_license_blocks_over_all_its_free_ground_and_10000_deposits()
    {
        var full = SampleCountry.Generate(Kazakhstan, Deposits, SampleSize.Full);

        AssertLawful(full);
        Assert.Equal(25_000, full.LicenseBlocks.Count);
        Assert.Equal(10_000, full.Deposits.Count);
        Assert.Distinct(full.Deposits.Select(deposit => deposit.Key));
        Assert.Distinct(full.Deposits.Select(deposit => deposit.Name));

        // What is left is the areas' ground and a margin around it, a tenth of a degree at most.
        var taken = full.LicenseBlocks.Sum(block => block.Cells.Count);
        var closed = CellSet.Of(full.Areas.SelectMany(area =>
            Snapping.Snap(Kazakhstan.Graticule, area.Geometry.Buffer(0.1), SnapRule.Touched, 100_000).Cells));
        var free = Kazakhstan.Jurisdiction.CellCount - closed.Count(Kazakhstan.Jurisdiction.Contains);
        Assert.InRange(taken, free, Kazakhstan.Jurisdiction.CellCount);
        Assert.Equal(free, full.LicenseBlocks.Sum(block => block.Cells.Except(closed).Count));
    }

    private static void AssertLawful(SampleCountry country)
    {
        var taken = new HashSet<Cell>();
        var cells = 0;
        foreach (var block in country.LicenseBlocks)
        {
            Assert.InRange(block.Cells.Count, 1, Kazakhstan.MostCells);
            Assert.True(Contiguity.IsConnected(Kazakhstan.Graticule, block.Cells), block.Key);
            cells += block.Cells.Count;
            taken.UnionWith(block.Cells);
        }

        Assert.Equal(cells, taken.Count);
        Assert.All(country.LicenseBlocks, block => Assert.True(block.Cells.All(Kazakhstan.Jurisdiction.Contains), block.Key));
        Assert.Equal(country.LicenseBlocks.Count, country.LicenseBlocks.Select(block => block.Key).Distinct().Count());
    }

    private static string Written(SampleCountry country) => string.Join('\n', country.LicenseBlocks.Select(block =>
        $"{block.Key} {block.Holder} {block.Outcome} {string.Join(',', block.Commodities)} {string.Join(',', block.Cells)}"));

    private static DepositDraft Deposit(string name, double longitude, double latitude, params string[] commodities) => new()
    {
        Key = name,
        Name = name,
        OtherNames = [],
        Status = DepositStatus.Deposit,
        Location = Wgs84.Factory.CreatePoint(new NetTopologySuite.Geometries.Coordinate(longitude, latitude)),
        Commodities = commodities,
        Sources = [name],
    };
}
