using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Core.Tests.Ground.Codes;

/// <summary>The quick way reads what the thorough way reads, and leaves everything else to it.</summary>
public sealed class KazakhExactFormTests
{
    [Fact]
    public void What_the_scheme_writes_is_read_as_it_was()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var sheet = new SheetId(random.Next(SheetId.Rows), random.Next(1, SheetId.Zones + 1));
            var cell = Graticule.Minute.CellOf(sheet, random.Next(Graticule.Minute.CellsPerSheet));
            foreach (var text in (string[])[KazakhCode.Instance.Format(cell), KazakhCode.Instance.Alias(cell)])
            {
                Assert.True(KazakhExactForm.TryRead(text, out var read), text);
                Assert.Equal(cell, read);
            }
        }
    }

    [Fact]
    public void Whatever_it_reads_the_thorough_reader_reads_alike()
    {
        var random = new Random(8);
        const string letters = "MK-()105авге.2Z4 ";
        for (var i = 0; i < 50_000; i++)
        {
            var text = "M-44-86-(10в-5а-12)".ToCharArray();
            for (var changes = random.Next(1, 3); changes > 0; changes--)
                text[random.Next(text.Length)] = letters[random.Next(letters.Length)];
            if (!KazakhExactForm.TryRead(text, out var quick))
                continue;
            var cells = new List<Cell>();
            Assert.True(new KazakhCodeReader(new string(text), cells).TryRead(out _), new string(text));
            Assert.Equal(quick, Assert.Single(cells));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("M-44-86-(10в-5а-12")]
    [InlineData("M-44-86-(10в-5а-12) ")]
    [InlineData("M-44-145-(10в-5а-12)")]
    [InlineData("M-61-86-(10в-5а-12)")]
    [InlineData("M-44-86-(10в-5д-12)")]
    [InlineData("M-44-86-(10в-5а-26)")]
    [InlineData("M-44-86-(10в-5а-0)")]
    [InlineData("M-44-86-(10в-5а-12,13)")]
    [InlineData("KZ.M44.086.3.5.12")]
    [InlineData("KZ.M44.086.7.1.12")]
    [InlineData("W-44-86-(10в-5а-12)")]
    public void Anything_else_is_left_to_the_thorough_reader(string text) => Assert.False(KazakhExactForm.TryRead(text, out _));
}
