using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Core.Tests.Ground.Codes;

public sealed class AustralianCodeTests
{
    private static readonly AustralianCode _scheme = AustralianCode.Instance;

    private static string[] Read(string text)
    {
        var cells = new List<Cell>();
        Assert.True(_scheme.TryRead(text, cells, out var error), error);
        Assert.Null(error);
        return [.. cells.Select(_scheme.Format)];
    }

    [Theory]
    [InlineData("SE51-72-e")]
    [InlineData("SE51 72 e")]
    [InlineData("SE51 72 E")]
    [InlineData("SE 51 – 72 – E")]
    [InlineData("se51 72e")]
    [InlineData("Broome 72 e")]
    [InlineData("BROOME-72-E")]
    [InlineData("Broome (SE51) 72 e")]
    [InlineData("Broome Special (SE51) 72 e")] // Not in the table; its designation says where it is.
    [InlineData("AU.SE51.0072.E")]
    [InlineData("au.se51.72.e")]
    public void One_cell_is_read_in_any_spelling(string text) => Assert.Equal(["SE51-72-e"], Read(text));

    [Fact]
    public void The_alias_has_a_fixed_width()
    {
        var cells = new List<Cell>();
        Assert.True(_scheme.TryRead("SE51-72-e", cells, out _));
        Assert.Equal("AU.SE51.0072.E", _scheme.Alias(cells[0]));
    }

    [Theory]
    [InlineData("SE51 72 e,f,g")]
    [InlineData("SE51 72 efg")]
    [InlineData("SE51 72 E F G")]
    [InlineData("SE51-72-e-g")]
    [InlineData("SE51 72 e; Broome 72 f, SE51 72 g")]
    [InlineData("SE51 72 e; 72 f, g")]
    public void Several_cells_are_read(string text) => Assert.Equal(["SE51-72-e", "SE51-72-f", "SE51-72-g"], Read(text));

    [Fact]
    public void Two_letters_with_a_number_behind_them_are_a_sheet_and_not_cells() =>
        Assert.Equal(["SE51-72-e", "SF55-1000-n", "SE52-1-s", "SE52-1-e"], Read("SE51 72 e SF55 1000 n, Halls Creek 1 se"));

    [Fact]
    public void There_is_no_letter_i() => Assert.Equal(["SE51-1-h", "SE51-1-j"], Read("SE51 1 h-j"));

    [Theory]
    [InlineData("SE51 72 i", "There is no cell i: the cells of a block run from a to z, without i, in Latin letters.")]
    [InlineData("SE51 3457 a", "There is no block 3457: they run from 1 to 3456.")]
    [InlineData("SE51 0 a", "There is no block 0: they run from 1 to 3456.")]
    [InlineData("SE61 72 a", "There is no zone 61: they run from 1 to 60.")]
    [InlineData("SX51 72 a", "There is no row X of sheets: rows run from A to V.")]
    [InlineData("NE51 72 a", "NE is no row of sheets: a sheet of the southern hemisphere is named S, the letter of its row and its zone.")]
    [InlineData("Atlantis 72 a", "No sheet is known by the name \"Atlantis\"; write its designation, such as SE51.")]
    [InlineData("Broome (SG51) 72 a", "The sheet Broome is SE51, not SG51.")]
    [InlineData("Broome (SE51 72 a", "The bracket is not closed after SE51.")]
    [InlineData("Broome (S", "The designation of a sheet, such as SE51, was expected at \"S\".")]
    [InlineData("AU.51.0072.E", "The designation of a sheet, such as SE51, was expected at \"51.0072.E\".")]
    [InlineData("SE51", "The number of the block is missing after SE51.")]
    [InlineData("SE51 72", "The letter of the cell is missing after block 72.")]
    [InlineData("SE51 72 73 a", "The letter of the cell is missing after block 72.")]
    [InlineData("SE51 72 e-", "A range of cells has one letter on either side of its dash.")]
    [InlineData("SE51 72 g-e", "The range of cells g-e runs backwards.")]
    [InlineData("72 e", "The sheet is missing before \"72 e\".")]
    [InlineData("SE51 72 e?", "A sheet such as SE51 was expected at \"?\".")]
    [InlineData("AU.SE51.0072", "The letter of the cell is missing in the alias.")]
    [InlineData("AU.SE51.0072.EF", "The letter of the cell is missing in the alias.")]
    [InlineData("", "The text is empty; a cell code such as SE51-72-e was expected.")]
    public void What_names_no_cell_is_refused_exactly(string text, string error)
    {
        var cells = new List<Cell>();
        Assert.False(_scheme.TryRead(text, cells, out var actual));
        Assert.Equal(error, actual);
        Assert.Empty(cells);
    }

    [Fact]
    public void Ground_that_no_sheet_of_the_scheme_holds_has_no_code()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _scheme.Format(Graticule.Minute.CellAt(120, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _scheme.Alias(Graticule.Minute.CellAt(120, -88.01)));
    }
}
