namespace Registry.House.Tests;

/// <summary>A file has one subject: none is longer than a reader holds in mind.</summary>
public sealed class FileSizeTests
{
    private const int MostLines = 400;

    [Fact]
    public void No_file_is_longer_than_400_lines() => Assert.DoesNotContain(
        Checkout.Files("src", ".cs").Concat(Checkout.Files("tests", ".cs")),
        path => File.ReadLines(Path.Combine(Checkout.Root, path)).Count() > MostLines);
}
