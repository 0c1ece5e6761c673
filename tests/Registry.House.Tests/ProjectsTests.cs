using System.Text.RegularExpressions;

namespace Registry.House.Tests;

/// <summary>Projects refer to one another as docs/developing.md says, and all of them are in the solution.</summary>
public sealed partial class ProjectsTests
{
    [Fact]
    public void Every_project_refers_to_what_the_table_of_the_documents_says()
    {
        var documented = Row().Matches(Checkout.Text("docs/developing.md"))
            .ToDictionary(row => row.Groups[1].Value, row => Name().Matches(row.Groups[2].Value).Select(name => name.Groups[1].Value).Order());
        var actual = Checkout.Files("src", ".csproj")
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => Reference().Matches(Checkout.Text(path))
                .Select(reference => reference.Groups[1].Value).Order());
        Assert.Equal(Lines(actual), Lines(documented));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Checkout.Text("Registry.sln");
        Assert.All(
            Checkout.Files("src", ".csproj").Concat(Checkout.Files("tests", ".csproj")),
            path => Assert.Contains(path.Replace('/', '\\'), solution, StringComparison.Ordinal));
    }

    private static string[] Lines(Dictionary<string, IOrderedEnumerable<string>> references) =>
        [.. references.Select(pair => $"{pair.Key}: {string.Join(", ", pair.Value)}").Order()];

    // | `Registry.Storage` | `Registry.Actors`, `Registry.Formats` |
    [GeneratedRegex(@"^\| `(Registry\.\w+)` \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(Registry\.\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*\\(Registry\.\w+)\.csproj""")]
    private static partial Regex Reference();
}
