using System.Text;
using Registry.Formats.Csv;

namespace Registry.Formats.Tests.Csv;

public sealed class CsvGuardTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-3.5", "'-3.5")] // a text; a number is not guarded
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("'=1", "''=1")] // so that taking one off gives it back
    [InlineData("''-", "'''-")]
    [InlineData("gold;=1+1;@x", "gold;'=1+1;'@x")] // where a spreadsheet parts fields by semicolons
    [InlineData("=;-", "'=;'-")]
    [InlineData("""["a;=1"]""", """["a;'=1"]""")]
    [InlineData("Өскемен;=1", "Өскемен;'=1")]
    public void A_formula_is_guarded_and_comes_back(string text, string guarded)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.True(CsvGuard.IsNeeded(bytes));
        Assert.Equal(guarded, Encoding.UTF8.GetString(CsvGuard.Put(bytes)));
        Assert.Equal(text, CsvGuard.TakeOff(guarded));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Altyn")]
    [InlineData("a=b")]
    [InlineData("L'Or-1")]
    [InlineData("'Altyn'")]
    [InlineData("'")]
    [InlineData(";;")]
    [InlineData(" =1")]
    [InlineData("2027-01-01")]
    public void Anything_else_goes_out_and_comes_in_as_it_is(string text)
    {
        Assert.False(CsvGuard.IsNeeded(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(text, CsvGuard.TakeOff(text));
    }
}
