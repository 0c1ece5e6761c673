using Registry.Core.Deposits;
using Registry.Formats.DepositTables;
using static Registry.Formats.Tests.DepositTables.Rows;

namespace Registry.Formats.Tests.DepositTables;

/// <summary>What becomes of single rows.</summary>
public class DepositTableTests
{
    [Theory]
    [InlineData("(Facility) Irtysh Copper Smelter", "(Facility)")]
    [InlineData("Asubulak Concentrator", "Concentrator")]
    [InlineData("Uspensky Processing Plant", "Plant")]
    public void A_plant_is_no_deposit(string name, string word)
    {
        var reading = Read(Row(20, name, "50.09782", "82.31711"));

        Assert.Empty(reading.Deposits);
        Assert.Equal($"line 20: {name}: refused (by its name ('{word}') it is a plant, not a deposit)", Assert.Single(reading.Rows).ToString());
    }

    [Fact]
    public void A_deposit_is_not_refused_for_the_plants_among_its_other_names() =>
        Assert.Single(Read(Row(2, "Plantation", "48", "73", otherNames: "Yermak Plant")).Deposits);

    [Fact]
    public void A_point_in_another_country_is_refused_with_its_coordinates() => Assert.Equal(
        "line 40: Plast: refused (the point at latitude 54.37, longitude 60.81 lies outside the jurisdiction)",
        Read(Row(40, "Plast", "54.37", "60.81")).Rows[0].ToString());

    // The coordinates of this record lie in West Kazakhstan, so no outline can find the mistake.
    [Fact]
    public void A_deposit_of_another_country_whose_record_has_coordinates_in_this_one_is_refused_by_the_list_of_known_faults()
    {
        var reading = Read(
            Row(41, "Kochkar Deposit", "49.08145", "49.71817", id: "10085921"),
            Row(42, "Kochkar Deposit", "49.08145", "49.71817", id: "1"));

        Assert.Equal(
            "line 41: Kochkar Deposit: refused (Kochkar is the gold field at Plast in the Chelyabinsk region of Russia; "
            + "latitude 49.08145, longitude 49.71817 is a mistake of the source)",
            reading.Rows[0].ToString());
        Assert.Equal(RowOutcome.Registered, reading.Rows[1].Outcome);
    }

    [Theory]
    [InlineData("", "73", "the coordinates are missing")]
    [InlineData("48", " ", "the coordinates are missing")]
    [InlineData("0", "0.0", "0, 0 is no place but a gap in the source")]
    [InlineData("73", "48", "latitude 73 and longitude 48 seem to be swapped; correct the source")]
    [InlineData("48,5", "73", "the coordinates '48,5', '73' are no numbers of degrees")]
    [InlineData("NaN", "73", "the coordinates 'NaN', '73' are no numbers of degrees")]
    [InlineData("48", "Infinity", "the coordinates '48', 'Infinity' are no numbers of degrees")]
    [InlineData("48N", "73E", "the coordinates '48N', '73E' are no numbers of degrees")]
    [InlineData("480", "73", "latitude 480, longitude 73 is not on the Earth")]
    [InlineData("48", "1e300", "latitude 48, longitude 1E+300 is not on the Earth")]
    [InlineData("-48", "73", "the point at latitude -48, longitude 73 lies outside the jurisdiction")]
    public void A_row_without_a_usable_place_is_refused_by_its_line(string lat, string lon, string why)
    {
        var reading = Read(Row(17, "Bayan", lat, lon));

        Assert.Empty(reading.Deposits);
        Assert.Equal($"line 17: Bayan: refused ({why})", reading.Rows[0].ToString());
    }

    [Fact]
    public void A_row_without_a_name_or_the_columns_of_a_place_is_refused()
    {
        var reading = Read(
            Row(2, " , ", "48", "73"),
            new DepositRow(3, new Dictionary<string, string> { ["site_name"] = "Bayan" }),
            new DepositRow(4, new Dictionary<string, string>(), "its quotes do not match"),
            Row(5, new string('x', 1_001), "48", "73"));

        Assert.Equal(
            ["it has no name", "the coordinates are missing", "its quotes do not match", "site_name is longer than 1000 characters"],
            reading.Rows.Select(row => row.Remarks.Single()));
    }

    [Fact]
    public void A_row_of_another_cell_than_it_says_is_reported_and_taken_by_its_coordinates()
    {
        var reading = Read(
            Row(2, "Gornostai", "50.6122222222222", "78.7552777777778", code: "M-44-50-(10б-5б-16)"),
            Row(3, "Kempirsai", "50.3366666666667", "58.2802777777778", code: "M-40-57-(10д-5г-21)"),
            Row(4, "Boguty", "43.56", "78.95", code: "K44"));

        Assert.Equal(3, reading.Deposits.Count);
        Assert.Empty(reading.Rows[0].Remarks);
        Assert.Equal(["the row says cell M-40-57-(10д-5г-21), but its point lies in M-40-57-(10д-5г-22)"], reading.Rows[1].Remarks);
        Assert.Equal(["'K44' is no cell code; the point lies in K-44-14-(10в-5г-8)"], reading.Rows[2].Remarks);
    }

    [Fact]
    public void A_misspelt_commodity_is_corrected_and_reported()
    {
        var reading = Read(
            Row(57, "Karsakpai", "47.88", "66.42", "Neodymium;Neoymium;Yttrium"),
            Row(58, "Tleumbetskii", "50.77", "77.03", "Neoymium"));

        Assert.Equal(["neodymium", "yttrium"], reading.Deposits.Single(deposit => deposit.Name == "Karsakpai").Commodities);
        Assert.Equal(
            [
                "line 57: Karsakpai: changed ('Neoymium' is read as neodymium, which the row names already)",
                "line 58: Tleumbetskii: changed ('Neoymium' is read as neodymium)",
            ],
            reading.Rows.Select(row => row.ToString()));
    }

    [Fact]
    public void Repeated_and_unknown_commodities_are_left_out_and_reported()
    {
        var reading = Read(Row(2, "Bayan", "48", "73", "Tungsten; Wolfram;elements;;platinum-group elements"));

        Assert.Equal(["tungsten", "platinum group metals"], reading.Deposits[0].Commodities);
        Assert.Equal(
            ["'Wolfram' repeats tungsten and is counted once", "'elements' is no commodity and is left out"], reading.Rows[0].Remarks);
        Assert.Equal(RowOutcome.Changed, reading.Rows[0].Outcome);
    }

    [Fact]
    public void A_row_without_commodities_is_taken_and_says_so() => Assert.Equal(
        "line 2: Bayan: registered (it names no commodity)", Read(Row(2, "Bayan", "48", "73", "")).Rows[0].ToString());

    [Fact]
    public void Identical_rows_are_one_and_a_contradiction_is_refused()
    {
        var reading = Read(
            Row(2, "Bayan", "48", "73", id: "7"),
            Row(3, "Bayan", "48", "73", id: "7"),
            Row(4, "Bayan", "48.5", "73", id: "7"));

        Assert.Single(reading.Deposits);
        Assert.Equal(
            [
                "line 2: Bayan: registered",
                "line 3: Bayan: merged into Bayan (it repeats line 2)",
                "line 4: Bayan: refused (line 2 is of the same record and says something else)",
            ],
            reading.Rows.Select(row => row.ToString()));
    }

    [Fact]
    public void A_row_of_no_record_is_named_by_what_it_says()
    {
        var fields = new Dictionary<string, string> { ["site_name"] = "Bayan", ["lat"] = "48", ["lon"] = "73.5" };
        var deposit = Assert.Single(Read(new DepositRow(2, fields), new DepositRow(3, fields)).Deposits);

        Assert.Equal("Bayan@48,73.5", deposit.Key);
    }

    [Theory]
    [InlineData("Prospect", DepositStatus.Prospect, RowOutcome.Registered)]
    [InlineData("", DepositStatus.Deposit, RowOutcome.Registered)]
    [InlineData("2", DepositStatus.Deposit, RowOutcome.Changed)]
    public void A_status_is_read_where_the_table_has_one(string text, DepositStatus status, RowOutcome outcome)
    {
        var row = Row(2, "Bayan", "48", "73");
        var reading = Read(row with { Fields = new Dictionary<string, string>(row.Fields) { ["status"] = text } });

        Assert.Equal(status, reading.Deposits[0].Status);
        Assert.Equal(outcome, reading.Rows[0].Outcome);
    }

    [Fact]
    public void Deposits_lie_in_WGS_84_longitude_first()
    {
        var point = Read(Row(2, "Bayan", "48", "73")).Deposits[0].Location;

        Assert.Equal((73, 48, 4326), (point.X, point.Y, point.SRID));
    }
}
