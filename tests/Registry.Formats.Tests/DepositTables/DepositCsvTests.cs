using System.Text;
using Registry.Formats.DepositTables;

namespace Registry.Formats.Tests.DepositTables;

public class DepositCsvTests
{
    private const string Header = "site_name,lat,lon,commodities";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Rows_come_with_their_lines_whatever_the_line_ends(string end)
    {
        var rows = Read(string.Join(end, Header, "Bayan,48,73,Tungsten", "", "\"Two", "lines\",48,74,", "Boguty,43,78,Gold", ""));

        Assert.Equal([2, 4, 6], rows.Select(row => row.Line));
        Assert.Equal(["Bayan", $"Two{end}lines", "Boguty"], rows.Select(row => row.Fields["site_name"]));
        Assert.All(rows, row => Assert.Null(row.Fault));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_column()
    {
        var csv = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes($"{Header}\nБаян,48,73,Tungsten")).ToArray();

        Assert.Equal("Баян", Assert.Single(DepositCsv.Read(new MemoryStream(csv))).Fields["site_name"]);
    }

    [Fact]
    public void Quotes_keep_commas_and_quotes()
    {
        var row = Assert.Single(Read($"{Header}\n\"Kundybajskoe, \"\"Shevchenkovskoe\"\"\",51.7,60.7,Nickel"));

        Assert.Equal("Kundybajskoe, \"Shevchenkovskoe\"", row.Fields["site_name"]);
    }

    [Fact]
    public void A_row_that_cannot_be_split_says_why_and_the_next_is_read()
    {
        var rows = Read($"{Header}\nBayan,48\nBayan,48,73,Tungsten,x\nBoguty,43,78,Gold");

        Assert.Equal(["it has 2 fields where the header has 4", "it has 5 fields where the header has 4", null], rows.Select(row => row.Fault));
        Assert.Equal([2, 3, 4], rows.Select(row => row.Line));
    }

    [Fact]
    public void A_quote_within_a_field_without_quotes_is_a_quote()
    {
        var rows = Read($"{Header}\nBayan 6\",48,73,Tungsten\nBoguty 3\",43,78,Gold\nAkjal,43,78,Gold");

        Assert.Equal(["Bayan 6\"", "Boguty 3\"", "Akjal"], rows.Select(row => row.Fields["site_name"]));
    }

    [Fact]
    public void Text_behind_a_closing_quote_spoils_the_table()
    {
        var fault = Assert.Throws<FormatException>(() => Read($"{Header}\nBayan,48,73,Tungsten\n\"Ba\"yan,48,73,Tungsten"));

        Assert.StartsWith("Line 3: a quote is not closed, or text stands behind a closing one.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_spoils_the_table()
    {
        var fault = Assert.Throws<FormatException>(() => Read($"{Header}\n\"Bayan,48,73,Tungsten\nBoguty,43,78,Gold\n"));

        Assert.StartsWith("Line 2: a quote is not closed", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windows-1251", "is not UTF-8")]
    [InlineData("utf-16le", "UTF-16")]
    public void Another_encoding_is_refused_unless_it_is_named(string name, string why)
    {
        var encoding = Registry.Formats.Encodings.TextEncodings.Find(name)!;
        var csv = encoding.GetBytes($"{Header}\nБаян,48,73,Tungsten");

        Assert.Contains(why, Assert.Throws<FormatException>(() => DepositCsv.Read(new MemoryStream(csv)).ToList()).Message, StringComparison.Ordinal);
        Assert.Equal("Баян", Assert.Single(DepositCsv.Read(new MemoryStream(csv), encoding)).Fields["site_name"]);
    }

    [Theory]
    [InlineData("SITE_NAME;LAT;LON\nBayan;48;73")]
    [InlineData("sep=|\nsite_name|Lat|Lon\nBayan|48|73")]
    [InlineData("site_name\tlat\tlon\r\nBayan\t48\t73\r\n")]
    public void Separators_and_letters_case_are_those_of_the_program_that_wrote_it(string csv) =>
        Assert.Equal("Bayan", Assert.Single(Read(csv)).Fields["site_name"]);

    [Fact]
    public void A_field_of_millions_of_characters_is_given_up()
    {
        var fault = Assert.Throws<FormatException>(() => Read($"{Header}\nBayan,48,73,\"{new string('x', 3_000_000)}"));

        Assert.Contains("a quote is not closed", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The table's first line lacks the columns site_name, lat, lon.")]
    [InlineData("site_name,lat\nBayan,48", "The table's first line lacks the columns lon.")]
    [InlineData("site_name,lat,lon,lat\nBayan,48,73,48", "The table has the column lat twice.")]
    public void A_table_without_the_columns_of_a_deposit_is_refused(string csv, string why) =>
        Assert.Equal(why, Assert.Throws<FormatException>(() => Read(csv)).Message);

    private static List<DepositRow> Read(string csv) => [.. DepositCsv.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)))];
}
