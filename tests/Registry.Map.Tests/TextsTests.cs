using System.Text.Json;
using System.Text.RegularExpressions;

namespace Registry.Map.Tests;

/// <summary>No text of the page is missing in a language, and none is there for nothing.</summary>
public sealed partial class TextsTests
{
    private static readonly string Folder = Path.Combine(Root(), "src", "Registry.Map", "src");

    [Theory]
    [InlineData("kk", "one other")]
    [InlineData("ru", "one few many other")]
    public void Every_text_of_the_page_is_there_in_every_language(string language, string plurals)
    {
        var (english, other) = (Read("en"), Read(language));
        Assert.Equal(english.Keys.Select(Stem).Distinct().Order(), other.Keys.Select(Stem).Distinct().Order());
        var counted = english.Keys.Where(key => key.EndsWith("_other", StringComparison.Ordinal)).Select(Stem);
        Assert.All(counted, stem => Assert.All(plurals.Split(' '), form => Assert.Contains($"{stem}_{form}", other.Keys)));
        Assert.All(other, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
    }

    [Theory]
    [InlineData("kk")]
    [InlineData("ru")]
    public void A_text_has_the_same_values_put_into_it_in_every_language(string language)
    {
        var (english, other) = (Read("en"), Read(language));
        Assert.All(english, text => Assert.Equal(Values(text.Value), Values(other[text.Key])));
    }

    [Fact]
    public void Every_text_is_used()
    {
        var source = string.Concat(Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".svelte", StringComparison.Ordinal) || path.EndsWith(".ts", StringComparison.Ordinal)).Select(File.ReadAllText));
        // t('filter.status'), t(`panel.${...}`), word('status', ...)
        var whole = Whole().Matches(source).Select(match => match.Groups[1].Value).ToHashSet();
        var prefixes = Prefix().Matches(source).Select(match => match.Groups[1].Value)
            .Concat(Word().Matches(source).Select(match => match.Groups[1].Value + ".")).ToHashSet();
        Assert.All(Read("en").Keys.Select(Stem).Distinct(), key => Assert.True(
            whole.Contains(key) || prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)), $"Nothing shows {key}."));
    }

    private static Dictionary<string, string> Read(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Folder, "i18n", $"{language}.json")))!;

    private static IEnumerable<string> Values(string text) => Value().Matches(text).Select(match => match.Value).Order();

    private static string Stem(string key) => Plural().Replace(key, "");

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Registry.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests were not built inside a checkout.");
        return folder;
    }

    [GeneratedRegex(@"_(one|few|many|other)$")]
    private static partial Regex Plural();

    [GeneratedRegex(@"\{\{\w+\}\}")]
    private static partial Regex Value();

    [GeneratedRegex(@"\bt\('([^']+)'")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\bt\(`([a-zA-Z.]+)\$\{")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\bword\('(\w+)'")]
    private static partial Regex Word();
}
