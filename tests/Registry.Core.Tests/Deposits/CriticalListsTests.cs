using Registry.Core.Deposits;

namespace Registry.Core.Tests.Deposits;

public class CriticalListsTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    [Theory]
    [InlineData("lithium", "EU 2024 critical, EU 2024 strategic, US 2025")]
    [InlineData("antimony", "EU 2024 critical, US 2025")]
    [InlineData("nickel", "EU 2024 critical, EU 2024 strategic, US 2025")]
    [InlineData("bauxite", "EU 2024 critical, EU 2024 strategic")]
    [InlineData("aluminum", "EU 2024 critical, EU 2024 strategic, US 2025")]
    [InlineData("silver", "US 2025")]
    [InlineData("gold", "")]
    [InlineData("chrysoprase", "")]
    public void A_commodity_is_named_by_the_lists_in_force(string commodity, string lists) =>
        Assert.Equal(lists, string.Join(", ", CriticalLists.NamedBy([commodity], Today)));

    [Fact]
    public void The_US_list_of_2025_replaces_that_of_2022()
    {
        Assert.DoesNotContain("US 2022", CriticalLists.NamedBy(["cobalt"], new DateOnly(2022, 2, 23)));
        Assert.Equal(["EU 2024 critical", "US 2022"], CriticalLists.NamedBy(["antimony"], new DateOnly(2025, 11, 6)));
        Assert.Equal(["EU 2024 critical", "US 2025"], CriticalLists.NamedBy(["antimony"], new DateOnly(2025, 11, 7)));
    }

    [Fact]
    public void The_EU_lists_name_nothing_before_they_were_in_force()
    {
        Assert.Empty(CriticalLists.NamedBy(["phosphorus"], new DateOnly(2024, 5, 22)));
        Assert.Equal(["EU 2024 critical"], CriticalLists.NamedBy(["phosphorus"], new DateOnly(2024, 5, 23)));
    }

    [Theory]
    // Holmium is critical as a heavy rare earth, but no metal of permanent magnets.
    [InlineData("holmium", "EU 2024 critical, US 2025")]
    [InlineData("dysprosium", "EU 2024 critical, EU 2024 strategic, US 2025")]
    // Promethium, which has no deposits, is in the EU's group and not in the United States' single names.
    [InlineData("promethium", "EU 2024 critical")]
    [InlineData("osmium", "EU 2024 critical, EU 2024 strategic")]
    public void A_group_on_a_list_names_its_members(string commodity, string lists) =>
        Assert.Equal(lists, string.Join(", ", CriticalLists.NamedBy([commodity], Today)));

    [Theory]
    [InlineData("rare earths")]
    [InlineData("platinum-group elements")]
    [InlineData("light rare earth elements")]
    public void A_group_among_the_commodities_is_critical_when_a_member_is(string group) =>
        Assert.Equal(["EU 2024 critical", "EU 2024 strategic", "US 2025"], CriticalLists.NamedBy([group], Today));

    [Fact]
    public void One_critical_commodity_of_several_is_enough() =>
        Assert.Equal(["US 2025"], CriticalLists.NamedBy(["gold", "uranium", "quartz"], Today));

    // 34 entries less 3 that are groups of 8, 8 and 6, and one that names three commodities.
    [Theory]
    [InlineData("EU 2024 critical", 30 + 3 + 8 + 8 + 6)]
    [InlineData("EU 2024 strategic", 14 + 3 + 6 + 7)]
    [InlineData("US 2022", 50)]
    [InlineData("US 2025", 60)]
    public void Every_entry_of_a_list_is_read(string name, int members) =>
        Assert.Equal(members, CriticalLists.All.Single(list => list.Name == name).Members.Count);
}
