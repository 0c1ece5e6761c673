using FsCheck;
using FsCheck.Fluent;
using Registry.Core.Filters.Binding;

namespace Registry.Core.Tests.Filters;

public sealed class LikePatternTests
{
    [Theory]
    [InlineData("%", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("_", "\U0001F48E", true)]
    [InlineData("a%b", "ab", true)]
    [InlineData("a%b", "aXbX", false)]
    [InlineData("%a%a%", "a", false)]
    [InlineData("ab%ba", "aba", false)]
    [InlineData(@"100\%", "100%", true)]
    [InlineData(@"100\%", "1000", false)]
    [InlineData(@"a\_b", "axb", false)]
    [InlineData(@"a\\b", @"a\b", true)]
    [InlineData(@"a\", @"a\", true)]
    public void A_pattern_matches_what_SQL_says(string pattern, string text, bool matches) =>
        Assert.Equal(matches, LikePattern.Parse(pattern).Matches(text));

    // A matcher that tries again would need more steps than there are atoms.
    [Fact]
    public void No_pattern_makes_it_try_again_and_again()
    {
        var text = new string('a', 100_000);
        Assert.False(LikePattern.Parse(string.Concat(Enumerable.Repeat("%a", 500)) + "b").Matches(text));
        Assert.False(LikePattern.Parse(string.Concat(Enumerable.Repeat("%a_", 500)) + "%b%").Matches(text));
        Assert.False(LikePattern.Parse("%" + new string('a', 500) + "b%").Matches(text));
    }

    [Fact]
    public void It_agrees_with_a_matcher_that_tries_everything()
    {
        var letters = Gen.Elements('a', 'b', '%', '_').ArrayOf(7).Select(text => new string(text));
        var texts = Gen.Choose(0, 8).SelectMany(length => Gen.Elements('a', 'b').ArrayOf(length)).Select(text => new string(text));
        Prop.ForAll(letters.Zip(texts).ToArbitrary(), pair => LikePattern.Parse(pair.Item1).Matches(pair.Item2) == Tries(pair.Item1, pair.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static bool Tries(string pattern, string text) => pattern switch
    {
        "" => text.Length == 0,
        ['%', ..] => Enumerable.Range(0, text.Length + 1).Any(skipped => Tries(pattern[1..], text[skipped..])),
        _ => text.Length > 0 && (pattern[0] == '_' || pattern[0] == text[0]) && Tries(pattern[1..], text[1..]),
    };
}
