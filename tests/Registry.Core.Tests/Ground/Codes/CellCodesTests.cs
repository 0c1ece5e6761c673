using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Core.Tests.Ground.Codes;

public sealed class CellCodesTests
{
    private const string Mixed = "The list mixes codes of Kazakhstan with codes of Australia; write one scheme only.";

    [Theory]
    [InlineData("M-44-86-(10в-5а-12), SE51-72-e", Mixed)]
    [InlineData("SE51-72-e, KZ.M44.086.3.1.12", Mixed)]
    [InlineData("Broome 72 e; M-44-86-(10в-5а-12)", Mixed)]
    [InlineData("12", "The text is no cell code; one such as M-44-86-(10в-5а-12) or SE51-72-e was expected.")]
    [InlineData("", "The text is no cell code; one such as M-44-86-(10в-5а-12) or SE51-72-e was expected.")]
    [InlineData("M-44-86-(10bc-5а-12)", "The letter b is Latin and may mean б (letter 2 of the alphabet); write it in Cyrillic.")]
    [InlineData("M-61-86-(10в-5а-12)", "There is no zone 61: they run from 1 to 60.")]
    [InlineData("S-44-145-(10в-5а-12)", "There is no 1:100,000 sheet 145: they run from 1 to 144.")]
    public void What_no_scheme_reads_is_refused(string text, string error)
    {
        var cells = new List<Cell>();
        Assert.False(CellCodes.TryRead(text, cells, out var actual));
        Assert.Equal(error, actual);
        Assert.Empty(cells);
    }

    [Fact]
    public void A_list_of_texts_is_read_in_its_order()
    {
        var cells = new List<Cell>();
        Assert.True(CellCodes.TryRead(["M-44-86-(10в-5а-12,13)", "KZ.M44.086.3.1.11"], cells, out var error, out var faulty));
        Assert.Null(error);
        Assert.Equal(-1, faulty);
        Assert.Equal(
            ["M-44-86-(10в-5а-12)", "M-44-86-(10в-5а-13)", "M-44-86-(10в-5а-11)"],
            cells.Select(KazakhCode.Instance.Format));
    }

    [Fact]
    public void A_list_of_texts_names_the_one_at_fault_and_adds_nothing()
    {
        var cells = new List<Cell>();
        Assert.False(CellCodes.TryRead(["M-44-86-(10в-5а-12)", "SE51-72-e"], cells, out var error, out var faulty));
        Assert.Equal(Mixed, error);
        Assert.Equal(1, faulty);
        Assert.False(CellCodes.TryRead(["SE51-72-e", "SE51-72-f", "SE51-72-i"], cells, out _, out faulty));
        Assert.Equal(2, faulty);
        Assert.Empty(cells);
    }

    [Fact]
    public void A_long_text_and_a_list_that_expands_too_far_are_refused()
    {
        var cells = new List<Cell>();
        Assert.False(CellCodes.TryRead(new string('M', 4097), cells, out var error));
        Assert.Equal("The text of codes is longer than 4096 characters.", error);
        var ranges = "M-44-86-(10в-5а-1-25" + string.Concat(Enumerable.Repeat(",1-25", 600)) + ")";
        Assert.False(CellCodes.TryRead(ranges, cells, out error));
        Assert.Equal("The text names more than 10000 cells.", error);
        Assert.False(CellCodes.TryRead([.. Enumerable.Repeat(ranges[..1500] + ")", 2_000)], cells, out error, out _));
        Assert.Equal("The text names more than 10000 cells.", error);
        Assert.Empty(cells);
    }

    [Fact]
    public void No_text_however_malformed_throws_or_reads_as_a_cell_outside_the_graticule()
    {
        string[] alphabet =
            ["M", "М", "-44-", "86", "-(", "10в", "-5а-", "12", ",", ";", ")", "(", "-", "—", " ", "\n", "KZ.", ".", "SE51", "Broome",
                "72", "e", "AU.", "SE", "i", "0", "145", "61", "\0", "\uD800", "e\u0301", "٣", "Ⅻ", "10", "5", "é", "İ", "😀"];
        string[] beginnings = ["", "M-44-86-(10в-5а-12)", "M-44-86-(10в-5а-12", "SE51 72 e"];
        var random = new Random(7);
        var read = 0;
        for (var i = 0; i < 40_000; i++)
        {
            var text = beginnings[i % 4] + string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            foreach (var scheme in (ICellScheme[])[KazakhCode.Instance, AustralianCode.Instance])
            {
                var cells = new List<Cell>();
                var ok = scheme.TryRead(text, cells, out var error);
                Assert.Equal(ok, error is null);
                Assert.Equal(ok, cells.Count > 0);
                Assert.DoesNotContain(error ?? "", character => char.IsSurrogate(character) || char.IsControl(character));
                cells.ForEach(cell => scheme.Format(cell));
                read += ok ? 1 : 0;
            }

            CellCodes.TryRead(text, new List<Cell>(), out _);
        }

        // Some texts do make sense, so that the loop has tried both outcomes.
        Assert.True(read > 100);
    }

    [Fact]
    public void A_code_with_any_one_character_changed_reads_as_a_cell_or_is_refused()
    {
        const string code = "M-44-86-(10в-5а-12,13), (10г-5б-3)";
        for (var at = 0; at < code.Length; at++)
        {
            for (var character = '\0'; character < '\u0500'; character++)
            {
                var cells = new List<Cell>();
                var ok = CellCodes.TryRead(string.Concat(code[..at], character.ToString(), code[(at + 1)..]), cells, out var error);
                Assert.Equal(ok, error is null);
            }
        }
    }
}
