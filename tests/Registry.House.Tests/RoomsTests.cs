namespace Registry.House.Tests;

/// <summary>A folder can be read without those that are built on it: no two of a project name each other, directly or by way of others.</summary>
public sealed class RoomsTests
{
    [Theory]
    [InlineData("Registry.Actors")]
    [InlineData("Registry.Cli")]
    [InlineData("Registry.Core")]
    [InlineData("Registry.Formats")]
    [InlineData("Registry.Gateway")]
    [InlineData("Registry.Grains")]
    [InlineData("Registry.Hosting")]
    [InlineData("Registry.Log")]
    [InlineData("Registry.Sample")]
    [InlineData("Registry.Silo")]
    [InlineData("Registry.Storage")]
    public void No_folders_of_a_project_name_each_other_in_a_ring(string project) => Assert.Empty(Rooms.Of(project).Rings());

    [Fact]
    public void Folders_are_namespaces() => Assert.All(Checkout.Files("src", ".cs"), path =>
    {
        var declared = Checkout.Text(path).Split('\n').FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        if (declared is not null)
            Assert.Equal($"namespace {Path.GetDirectoryName(path)!["src/".Length..].Replace('/', '.')};", declared.TrimEnd());
    });
}
