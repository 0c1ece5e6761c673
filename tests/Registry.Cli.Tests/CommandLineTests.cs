namespace Registry.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("import deposits")]
    [InlineData("import deposits /nowhere/d.csv --key k")]
    [InlineData("import lakes d.csv")]
    [InlineData("import deposits /dev/null --key k --at-once 0")]
    [InlineData("import deposits /dev/null --key k --at-once many")]
    [InlineData("import deposits /dev/null --key k --url ftp://example.org")]
    [InlineData("import deposits /dev/null --key k --url http://user:secret@example.org")]
    [InlineData("import deposits /dev/null")]
    [InlineData("import deposits /dev/null --key k")]
    [InlineData("nonsense")]
    public async Task What_is_not_understood_ends_with_2_and_a_reason_on_the_side(string line)
    {
        var typed = await Typed.Run(line.Split(' '));

        Assert.Equal(2, typed.ExitCode);
        Assert.NotEmpty(typed.Error);
        Assert.DoesNotContain("   at ", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_commands()
    {
        var typed = await Typed.Run("--help");

        Assert.Equal(0, typed.ExitCode);
        Assert.Contains("import", typed.Output, StringComparison.Ordinal);
    }
}
