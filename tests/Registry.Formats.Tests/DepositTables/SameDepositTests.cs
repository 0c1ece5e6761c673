using Registry.Formats.DepositTables;
using static Registry.Formats.Tests.DepositTables.Rows;

namespace Registry.Formats.Tests.DepositTables;

/// <summary>Which rows are one deposit. The rows are those of the USGS's table of Kazakhstan.</summary>
public class SameDepositTests
{
    private const string MajorDeposits = "https://mrdata.usgs.gov/major-deposits";

    private static readonly DepositRow[] Akchatau =
    [
        Row(5, "Akchatau", "47.9513888888889", "74.0686111111111", id: "1395", source: MajorDeposits),
        Row(6, "Aqchatau", "48.0", "74.0333333333333", id: "1401", source: MajorDeposits),
        Row(22, "Akchatau", "47.98125", "74.03402", "Molybdenum;Tungsten", id: "10085892"),
        Row(23, "Akchatau", "47.98122", "74.03399", "Bismuth;Copper;Indium", "Dzhezkazgan Oblast,Akzhal Deposit", id: "10279484"),
        Row(24, "Akchatau", "47.9146", "72.25075", "Molybdenum;Tungsten", id: "10055824"),
    ];

    [Fact]
    public void One_deposit_five_times_with_other_coordinates_is_merged_where_near_and_kept_apart_where_far()
    {
        var reading = Read(Akchatau);

        Assert.Equal("Akchatau | Akchatau (47.91 N, 72.25 E)", reading.Names());
        Assert.Equal(
            [
                "line 5: Akchatau: registered",
                "line 6: Aqchatau: merged into Akchatau (its point lies 6.0 km from that of line 5, which is kept)",
                "line 22: Akchatau: merged into Akchatau (its point lies 4.2 km from that of line 5, which is kept)",
                "line 23: Akchatau: merged into Akchatau (its point lies 4.2 km from that of line 5, which is kept)",
                "line 24: Akchatau: changed (another deposit is called Akchatau; this one is called Akchatau (47.91 N, 72.25 E))",
            ],
            reading.Rows.Select(row => row.ToString()));
    }

    [Fact]
    public void A_merged_deposit_has_the_commodities_names_and_sources_of_all_its_rows_and_the_place_of_the_first()
    {
        var deposit = Read(Akchatau).Deposits[0];

        Assert.Equal($"{MajorDeposits}#1395", deposit.Key);
        Assert.Equal((74.0686111111111, 47.9513888888889), (deposit.Location.X, deposit.Location.Y));
        Assert.Equal(["tungsten", "molybdenum", "bismuth", "copper", "indium"], deposit.Commodities);
        Assert.Equal(["Aqchatau", "Dzhezkazgan Oblast", "Akzhal Deposit"], deposit.OtherNames);
        Assert.Equal(
            [$"{MajorDeposits}#1395", $"{MajorDeposits}#1401", "https://mrdata.usgs.gov/mrds#10085892", "https://mrdata.usgs.gov/mrds#10279484"],
            deposit.Sources);
    }

    [Fact]
    public void The_same_deposits_with_the_same_keys_come_out_of_the_rows_in_any_order()
    {
        var forwards = Read(Akchatau).Deposits;
        var backwards = Read([.. Akchatau.Reverse()]).Deposits;

        Assert.Equal(forwards.Select(deposit => (deposit.Key, deposit.Name)), backwards.Select(deposit => (deposit.Key, deposit.Name)));
        Assert.Equal(forwards[0].Sources, backwards[0].Sources);
        Assert.Equal(forwards[0].Location, backwards[0].Location);
    }

    [Fact]
    public void One_site_under_two_names_is_one_deposit_because_a_row_names_both()
    {
        var reading = Read(
            Row(4, "Shevchenko", "51.8325", "60.8997222222222", "Cobalt;Nickel", id: "66", source: "https://mrdata.usgs.gov/laterite"),
            Row(13, "Kundybajskoe, Shevchenkovskoe", "51.7363888888889", "60.7761111111111", "Nickel", id: "1446", source: MajorDeposits),
            Row(53, "Shevchenkovskoe", "51.83124", "60.83183", "Cobalt;Nickel", id: "10133813"));

        Assert.Equal("Shevchenko", reading.Names());
        Assert.Equal(["Kundybajskoe", "Shevchenkovskoe"], reading.Deposits[0].OtherNames);
        Assert.Equal([RowOutcome.Registered, RowOutcome.Merged, RowOutcome.Merged], reading.Rows.Select(row => row.Outcome));
        Assert.Contains("it has 2 names in one and is called Kundybajskoe", reading.Rows[1].Remarks);
    }

    [Fact]
    public void Kundybai_under_its_other_spelling_joins_the_row_that_names_it() => Assert.Equal("Kundybai", Read(
        Row(2, "Kundybai", "51.74", "60.78"),
        Row(3, "Kundybajskoe, Shevchenkovskoe", "51.7363888888889", "60.7761111111111"),
        Row(4, "Shevchenko", "51.8325", "60.8997222222222")).Names());

    [Theory]
    [InlineData("Oktjabr'skoe", "Oktyabrsk")]
    [InlineData("Gornostai", "Gornostayevskoye")]
    [InlineData("Qaraoba", "Kara Oba")]
    [InlineData("Verkhne Kayraktin", "Verkhnye Kayraktin")]
    [InlineData("Verkhnee Qairaqty", "Verkhnekajraktinskoe")]
    [InlineData("Boshekul Deposit", "BOSHEKUL")]
    [InlineData("Акчатау", "акчатау")]
    public void Spellings_of_one_name_are_one_deposit(string one, string other) =>
        Assert.Single(Read(Row(2, one, "48", "73"), Row(3, other, "48.05", "73")).Deposits);

    [Theory]
    [InlineData("Bugetkolskoe", "Bochetkol'skoe")]
    [InlineData("Batystau", "Batamshinsk")]
    [InlineData("Katpar North", "Katpar")]
    [InlineData("Kounrad 1", "Kounrad 2")]
    [InlineData("Акчатау", "Богуты")]
    [InlineData("Deposit", "Mine")]
    public void Other_names_are_other_deposits_even_at_one_place(string one, string other)
    {
        var reading = Read(Row(2, one, "48", "73"), Row(3, other, "48", "73"));

        Assert.Equal(2, reading.Deposits.Count);
        Assert.Equal([$"it has the very coordinates of {one}"], reading.Rows[1].Remarks);
    }

    [Theory]
    [InlineData("48.134", 1)]
    [InlineData("48.136", 2)]
    public void Fifteen_kilometres_is_near(string lat, int deposits) =>
        Assert.Equal(deposits, Read(Row(2, "Akchatau", "48", "73"), Row(3, "Akchatau", lat, "73")).Deposits.Count);

    [Fact]
    public void A_district_that_lists_its_mines_among_other_names_does_not_swallow_them() => Assert.Equal(
        "Batamshinsk | Novo-Buranovo | Kempirsai",
        Read(
            Row(26, "Batamshinsk", "50.56469", "58.26798"),
            Row(40, "Novo-Buranovo,Kempirsai Group", "50.59799", "58.21799", otherNames: "Oktyabrsk,Batamshinsk,Kempirsai"),
            Row(41, "Kempirsai", "50.59799", "58.25129")).Names());

    [Fact]
    public void A_name_marked_Aka_is_a_name_of_the_deposit_itself()
    {
        var reading = Read(
            Row(43, "Kayraktin", "48.44791", "73.21743", otherNames: "Aka Verkhne-Kayrakty"),
            Row(55, "Verkhne Kayraktin", "48.44791", "73.20073"));

        Assert.Equal("Kayraktin", reading.Names());
        Assert.Equal(["Verkhne-Kayrakty", "Verkhne Kayraktin"], reading.Deposits[0].OtherNames);
    }
}
