using Registry.Core.Countries;
using Registry.Formats.DepositTables;

namespace Registry.Sample.Tests;

/// <summary>The real table as a whole. What single rows come to is tested with the importer.</summary>
public class SampleDepositsTests
{
    private static readonly DepositTableReading Reading = SampleDeposits.Read(Regimes.Kazakhstan);

    [Fact]
    public void Every_row_of_the_real_table_has_its_report_and_its_line()
    {
        Assert.Equal(Enumerable.Range(2, 57), Reading.Rows.Select(row => row.Line));
        Assert.Equal(6, Reading.Rows.Count(row => row.Outcome == RowOutcome.Refused));
        Assert.Equal(13, Reading.Rows.Count(row => row.Outcome == RowOutcome.Merged));
        Assert.Equal(38, Reading.Deposits.Count);
    }

    [Fact]
    public void Plants_and_the_deposit_of_another_country_are_the_rows_that_are_refused() => Assert.Equal(
        [
            "(Facility) Irtysh Copper Smelter", "(Facility) Yermakovsky Smelter", "Asubulak Concentrator", "Kochkar Deposit",
            "Ognevka Concentrator", "Uspensky Processing Plant",
        ],
        Reading.Rows.Where(row => row.Outcome == RowOutcome.Refused).Select(row => row.Name));

    [Fact]
    public void Every_deposit_has_a_key_and_a_name_of_its_own_and_lies_in_the_country()
    {
        Assert.Distinct(Reading.Deposits.Select(deposit => deposit.Key));
        Assert.Distinct(Reading.Deposits.Select(deposit => deposit.Name));
        Assert.All(Reading.Deposits, deposit => Assert.NotEmpty(deposit.Commodities));
        Assert.All(Reading.Deposits, deposit => Assert.True(
            Regimes.Kazakhstan.Jurisdiction.Contains(Regimes.Kazakhstan.Graticule.CellAt(deposit.Location.X, deposit.Location.Y))));
    }

    [Fact]
    public void Every_record_that_was_taken_stands_in_one_deposit() => Assert.Equal(
        Reading.Rows.Count(row => row.Outcome != RowOutcome.Refused), Reading.Deposits.SelectMany(deposit => deposit.Sources).Distinct().Count());

    [Fact]
    public void A_second_reading_gives_the_same() => Assert.Equal(
        Reading.Deposits.Select(deposit => (deposit.Key, deposit.Name)),
        SampleDeposits.Read(Regimes.Kazakhstan).Deposits.Select(deposit => (deposit.Key, deposit.Name)));
}
