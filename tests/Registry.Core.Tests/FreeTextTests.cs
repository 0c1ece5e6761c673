namespace Registry.Core.Tests;

public sealed class FreeTextTests
{
    [Theory]
    [InlineData("Компания «Алтын»")]
    [InlineData("北方矿业 (中国)")]
    [InlineData("Société Générale d'Étain n° 7 — 50 %")]
    [InlineData("شرکت می\u200Cخواهم")] // the joiner of Persian, between its letters
    [InlineData("क्\u200Dष")] // of Devanagari
    [InlineData("ᠮᠣᠩᠭ\u180B")] // a variation selector of Mongolian, behind its letter
    [InlineData("𐰀𐰁 ☭ 🏔")]
    [InlineData("=1+1")]
    public void What_people_write_is_taken(string text) => Assert.Null(FreeText.FaultOf(text));

    [Theory]
    [InlineData("Altyn\u202Enytlag", "U+202E as character 6")] // right-to-left override
    [InlineData("\uFEFFAltyn", "U+FEFF as character 1")]
    [InlineData("Altyn\u2028Gold", "U+2028 as character 6")]
    [InlineData("Altyn\u2029", "U+2029")]
    [InlineData("Al\u200Btyn", "U+200B")] // zero-width space
    [InlineData("Al\u200Dtyn", "U+200D")] // a joiner where no script needs it
    [InlineData("شرکت\u200C", "U+200C")] // and where it joins nothing
    [InlineData("\u2066Altyn\u2069", "U+2066")] // isolates
    [InlineData("Al\u00ADtyn", "U+00AD")] // soft hyphen
    [InlineData("Al\u061Ctyn", "U+061C")]
    [InlineData("Al\u2060tyn", "U+2060")]
    [InlineData("Altyn\u3164", "U+3164")] // a letter that is not seen
    [InlineData("Alt\u034Fyn", "U+034F")]
    [InlineData("Altyn\uFE0F", "U+FE0F")]
    [InlineData("Altyn\U000E0041", "U+E0041")] // a tag
    [InlineData("Altyn\U000E0101", "U+E0101")]
    [InlineData("Altyn\uE000", "U+E000")] // private use
    [InlineData("Altyn\uFFFE", "U+FFFE")] // no character
    [InlineData("Altyn\U0010FFFF", "U+10FFFF")]
    [InlineData("Altyn\u0378", "U+0378")] // not assigned
    [InlineData("Altyn\tGold", "U+0009")]
    [InlineData("Altyn\u0085", "U+0085")]
    public void What_is_not_seen_or_turns_others_around_is_refused_with_its_code_point(string text, string said) =>
        Assert.Contains(said, FreeText.FaultOf(text), StringComparison.Ordinal);

    [Theory]
    [InlineData(0xD800, "U+D800 as character 2")]
    [InlineData(0xDC00, "U+DC00 as character 2")]
    public void Half_a_character_is_refused(int unit, string said) =>
        Assert.Contains(said, FreeText.FaultOf($"A{(char)unit}B"), StringComparison.Ordinal);
}
