using System.Text.RegularExpressions;

namespace Registry.House.Tests;

/// <summary>What documents point at is there.</summary>
public sealed partial class DocumentsTests
{
    public static TheoryData<string> Documents => [.. Checkout.Documents()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_names_only_files_that_exist(string document)
    {
        var missing = Code().Matches(Checkout.Text(document)).Select(match => match.Groups[1].Value.TrimEnd('/'))
            .Where(path => !Checkout.Has(path));
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_links_only_to_files_that_exist(string document)
    {
        var folder = Path.GetDirectoryName(document) ?? "";
        var missing = Link().Matches(Checkout.Text(document)).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Checkout.Has(Path.Combine(folder, target)));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_document_can_be_reached_from_the_README()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { "README.md" };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var document))
        {
            foreach (Match match in Link().Matches(Checkout.Text(document)))
            {
                var target = Path.GetRelativePath(
                    Checkout.Root, Path.GetFullPath(Path.Combine(Checkout.Root, Path.GetDirectoryName(document) ?? "", match.Groups[1].Value)));
                if (Directory.Exists(Path.Combine(Checkout.Root, target)))
                    target = Path.Combine(target, "README.md");
                if (target.EndsWith(".md", StringComparison.Ordinal) && Checkout.Has(target) && reached.Add(target))
                    open.Enqueue(target);
            }
        }

        Assert.Empty(Checkout.Documents().Except(reached));
    }

    // A path in backticks. Placeholders and wildcards are no paths.
    [GeneratedRegex(@"`((?:src|tests|docs|k8s|deploy)/[A-Za-z0-9_./-]*)`")]
    private static partial Regex Code();

    // The target of a Markdown link without its fragment.
    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
