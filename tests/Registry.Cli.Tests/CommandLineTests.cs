namespace Registry.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("import deposits", "Required argument")]
    [InlineData("import deposits /nowhere/d.csv --key k", "does not exist")]
    [InlineData("import lakes d.csv", "lakes")]
    [InlineData("import deposits /dev/null --key k --at-once 0", "--at-once takes a number from 1 to 64.")]
    [InlineData("import deposits /dev/null --key k --at-once many", "--at-once takes a number from 1 to 64.")]
    [InlineData("import deposits /dev/null --key k --url ftp://example.org", "--url takes an address")]
    [InlineData("import deposits /dev/null --key k --url http://user:secret@example.org", "--url takes an address")]
    [InlineData("import deposits /dev/null", "An import needs an API key")]
    [InlineData("import deposits /dev/null --key k\u00e9y", "The key has characters")]
    [InlineData("import deposits /dev/null --key k", "ends neither in .csv nor in .geojson")]
    [InlineData("nonsense", "nonsense")]
    public async Task What_is_not_understood_ends_with_2_and_a_reason_on_the_side(string line, string why)
    {
        var typed = await Typed.Run(line.Split(' '));

        Assert.Equal(2, typed.ExitCode);
        Assert.Contains(why, typed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", typed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "import|verify|key")]
    [InlineData("import --help", "deposits|license-blocks")]
    [InlineData("key --help", "issue|revoke|list")]
    public async Task Help_names_the_commands(string line, string names)
    {
        var typed = await Typed.Run(line.Split(' '));

        Assert.Equal(0, typed.ExitCode);
        Assert.All(names.Split('|'), name => Assert.Contains(name, typed.Output, StringComparison.Ordinal));
    }
}
