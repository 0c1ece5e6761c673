using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Core.Tests.Ground.Codes;

public sealed class KazakhCodeTests
{
    private static readonly KazakhCode _scheme = KazakhCode.Instance;

    private static string[] Read(string text)
    {
        var cells = new List<Cell>();
        Assert.True(_scheme.TryRead(text, cells, out var error), error);
        Assert.Null(error);
        return [.. cells.Select(_scheme.Format)];
    }

    private static string Refusal(string text)
    {
        var cells = new List<Cell> { new(7) };
        Assert.False(_scheme.TryRead(text, cells, out var error));
        Assert.Equal([new Cell(7)], cells);
        Assert.NotNull(error);
        Assert.EndsWith(".", error, StringComparison.Ordinal);
        return error;
    }

    [Fact]
    public void The_alias_numbers_every_level()
    {
        var cells = new List<Cell>();
        Assert.True(_scheme.TryRead("M-44-86-(10в-5а-12)", cells, out _));
        Assert.Equal("KZ.M44.086.3.1.12", _scheme.Alias(cells[0]));
    }

    [Theory]
    [InlineData("M-44-86-(10в-5а-12)")]
    [InlineData("  M-44-86-(10в-5а-12) ")]
    [InlineData("m-44-86-(10В-5А-12)")]
    [InlineData("М-44-86-(10в-5а-12)")] // Cyrillic М
    [InlineData("м-44-86-(10в-5а-12)")] // Cyrillic м
    [InlineData("M–44–86–(10в—5а−12)")]
    [InlineData("M - 44 - 86 - ( 10 в - 5 а - 12 )")]
    [InlineData("M44-086 (10в5а-12)")]
    [InlineData("M-44-86-10в-5а-12")]
    [InlineData("M-44-86-10в-5а-(12)")]
    [InlineData("M-44-86-10в-(5а-12)")]
    [InlineData("KZ.M44.086.3.1.12")]
    [InlineData("kz.m44.86.3.1.12;")]
    public void One_cell_is_read_in_any_spelling(string text) => Assert.Equal(["M-44-86-(10в-5а-12)"], Read(text));

    [Theory]
    [InlineData("К-42-7-(10д-5в-25)", "K-42-7-(10д-5в-25)")]
    [InlineData("А-1-1-(10а-5а-1)", "A-1-1-(10а-5а-1)")]
    [InlineData("В-1-1-(10а-5а-1)", "B-1-1-(10а-5а-1)")]
    [InlineData("Е-1-1-(10а-5а-1)", "E-1-1-(10а-5а-1)")]
    [InlineData("О-1-1-(10а-5а-1)", "O-1-1-(10а-5а-1)")]
    [InlineData("Р-1-1-(10а-5а-1)", "P-1-1-(10а-5а-1)")]
    [InlineData("С-1-1-(10а-5а-1)", "C-1-1-(10а-5а-1)")]
    [InlineData("Т-60-144-(10е-5г-25)", "T-60-144-(10е-5г-25)")]
    public void Cyrillic_sheet_letters_are_read_by_their_shape(string text, string canonical) => Assert.Equal([canonical], Read(text));

    [Fact]
    public void A_sheet_letter_with_two_readings_is_refused_with_both()
    {
        var error = Refusal("Н-44-86-(10в-5а-12)"); // Cyrillic Н
        Assert.Contains("H (by its shape)", error, StringComparison.Ordinal);
        Assert.Contains("N (by its sound)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Cyrillic_letter_without_a_Latin_shape_is_refused() =>
        Assert.Contains("if L is meant, write L", Refusal("Л-42-7-(10д-5в-25)"), StringComparison.Ordinal);

    [Fact]
    public void An_abbreviated_list_expands_in_its_order() => Assert.Equal(
        ["M-44-86-(10в-5а-12)", "M-44-86-(10в-5а-13)", "M-44-86-(10в-5а-17)", "M-44-86-(10в-5а-18)"],
        Read("M-44-86-(10в-5а-12,13,17,18)"));

    [Theory]
    [InlineData("M-44-86-(10в-5а-3-5,1)")]
    [InlineData("M-44-86-(10в-5а-3–5, 1)")]
    [InlineData("M-44-86-(10в-5а- 3 — 5 ; 1)")]
    public void A_range_expands(string text) => Assert.Equal(
        ["M-44-86-(10в-5а-3)", "M-44-86-(10в-5а-4)", "M-44-86-(10в-5а-5)", "M-44-86-(10в-5а-1)"], Read(text));

    [Theory]
    [InlineData("M-44-86-(10в-5а-12,13; 10в-5б-1)")]
    [InlineData("M-44-86-(10в-5а-12,13,10в-5б-1)")]
    [InlineData("M-44-86-(10в-5а-12,13; 5б-1)")]
    [InlineData("M-44-86-(10в-5а-12,13), (10в-5б-1)")]
    [InlineData("M-44-86-(10в-5а-12,13)(10в-5б-1)")]
    [InlineData("M-44-86-(10в-5а-12,13); 10в-5б-1")]
    [InlineData("M-44-86-(10в-5а-12,13), M-44-86-(10в-5б-1)")]
    [InlineData("M-44-86-10в-5а-12,13\nM-44-86-10в-5б-1\n")]
    [InlineData("KZ.M44.086.3.1.12, KZ.M44.086.3.1.13 ; M-44-86-(10в-5б-1)")]
    public void Several_groups_are_read(string text) => Assert.Equal(
        ["M-44-86-(10в-5а-12)", "M-44-86-(10в-5а-13)", "M-44-86-(10в-5б-1)"], Read(text));

    [Fact]
    public void A_cell_that_is_named_twice_is_given_twice() =>
        Assert.Equal(["M-44-86-(10в-5а-12)", "M-44-86-(10в-5а-12)"], Read("M-44-86-(10в-5а-12,12)"));

    [Theory]
    [InlineData("M-44-145-(10в-5а-12)", "There is no 1:100,000 sheet 145: they run from 1 to 144.")]
    [InlineData("M-44-0-(10в-5а-12)", "There is no 1:100,000 sheet 0: they run from 1 to 144.")]
    [InlineData("M-61-86-(10в-5а-12)", "There is no zone 61: they run from 1 to 60.")]
    [InlineData("M-0-86-(10в-5а-12)", "There is no zone 0: they run from 1 to 60.")]
    [InlineData("M-44-86-(10в-5а-26)", "There is no cell 26: they run from 1 to 25.")]
    [InlineData("M-44-86-(10в-5а-0)", "There is no cell 0: they run from 1 to 25.")]
    [InlineData("M-44-86-(10в-5а-12-26)", "There is no cell 26: they run from 1 to 25.")]
    [InlineData("M-44-86-(10в-5а-99999999999999999999)", "There is no cell of so large a number: they run from 1 to 25.")]
    [InlineData("M-44-86-(10в-5д-12)", "There is no sub-section д: sub-sections run from а to г.")]
    [InlineData("M-44-86-(10ж-5а-12)", "There is no section ж: sections run from а to е.")]
    [InlineData("M-44-86-(9в-5а-12)", "A section is written 10 and a letter and a sub-section 5 and a letter; 9в is neither.")]
    [InlineData("W-44-86-(10в-5а-12)", "There is no row W of sheets: rows run from A to V, in Latin letters.")]
    [InlineData("Ж-44-86-(10в-5а-12)", "There is no row Ж of sheets: rows run from A to V, in Latin letters.")]
    [InlineData("KZ.M44.145.3.1.12", "There is no 1:100,000 sheet 145: they run from 1 to 144.")]
    [InlineData("KZ.M44.086.7.1.12", "There is no section 7: they run from 1 to 6.")]
    [InlineData("KZ.M44.086.3.5.12", "There is no sub-section 5: they run from 1 to 4.")]
    [InlineData("KZ.M44.086.3.1.26", "There is no cell 26: they run from 1 to 25.")]
    public void A_code_of_no_cell_is_refused_exactly(string text, string error) => Assert.Equal(error, Refusal(text));

    [Theory]
    [InlineData("", "The text is empty; a cell code such as M-44-86-(10в-5а-12) was expected.")]
    [InlineData(" , ", "The text is empty; a cell code such as M-44-86-(10в-5а-12) was expected.")]
    [InlineData("M", "The number of the zone is missing after the sheet letter M.")]
    [InlineData("M-44", "The number of the 1:100,000 sheet is missing after M-44.")]
    [InlineData("M-44-86-(10в)", "The sub-section is missing after section 10в.")]
    [InlineData("M-44-86-(10в-12)", "The sub-section is missing after section 10в.")]
    [InlineData("M-44-86-(10в-10г-5а-1)", "The sub-section is missing after section 10в.")]
    [InlineData("M-44-86-(10в-5а)", "The cell is missing after sub-section 5а.")]
    [InlineData("M-44-86-(10в-5а-)", "The cell is missing after sub-section 5а.")]
    [InlineData("M-44-86-(10в-5а-5б-1)", "The cell is missing after sub-section 5а.")]
    [InlineData("M-44-86-(10в-5а", "The cell is missing after sub-section 5а.")]
    [InlineData("M-44-86-(10в-5а-12", "A bracket is opened and not closed.")]
    [InlineData("M-44-86-(10в-5а-12))", "A bracket is closed that was not opened.")]
    [InlineData("M-44-86-((10в-5а-12))", "A bracket is opened inside a bracket.")]
    [InlineData("(10в-5а-12)", "A bracket is opened before a sheet is named.")]
    [InlineData("10в-5а-12", "The sheet is missing before \"10в-5а-12\".")]
    [InlineData("M-44-86-(10в-5а-15-12)", "The range of cells 15-12 runs backwards.")]
    [InlineData("M-44-86-(10в-5а-12-)", "The range of cells from 12 has no end.")]
    [InlineData("M-44-86-(10в-5а-12-10г-5а-1)", "A range of cells ends in a cell, not in 10г.")]
    [InlineData("M-44-86-(10в-5а-12 13)", "A comma was expected at \"13)\".")]
    [InlineData("M-44-86-(10в-5а-12)x", "There is no row X of sheets: rows run from A to V, in Latin letters.")]
    [InlineData("M-44-86-(10в-5а-12)?", "A sheet such as M-44-86 was expected at \"?\".")]
    [InlineData("KZ.M44.086.3.1", "The number of the cell is missing in the alias.")]
    [InlineData("KZ.M44.086.3.1.12,13", "The sheet is missing before \"13\".")]
    public void Missing_and_stray_parts_are_refused_exactly(string text, string error) => Assert.Equal(error, Refusal(text));

    [Theory]
    [InlineData("M-44-86-(10)")]
    [InlineData("M-44-86-()")]
    [InlineData("M-44-86")]
    [InlineData("M-44-86-(5а-12)")]
    [InlineData("M-44-86-(10в-5а-12), (5а-12)")]
    [InlineData("M-44-86, M-44-87-(10в-5а-12)")]
    public void A_group_without_a_section_is_refused(string text) =>
        Assert.StartsWith("The section is missing", Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("M-44-86-(10d-5а-12)", "The letter d is Latin and may mean г (letter 4 of the alphabet) or д (by its sound); write it in Cyrillic.")]
    [InlineData("M-44-86-(10в-5e-12)", "The letter e is Latin and may mean д (letter 5 of the alphabet) or е (by its sound); write it in Cyrillic.")]
    [InlineData("M-44-86-(10B-5а-12)", "The letter B is Latin and may mean б (letter 2 of the alphabet) or в (by its shape); write it in Cyrillic.")]
    [InlineData("M-44-86-(10g-5а-12)", "The letter g is Latin and may mean г (by its sound) or д (by its shape); write it in Cyrillic.")]
    [InlineData("M-44-86-(10v-5а-12)", "The letter v is Latin and may mean в (by its sound); write it in Cyrillic.")]
    [InlineData("M-44-86-(10a-5а-12)", "The letter a is Latin and may mean а (letter 1 of the alphabet); write it in Cyrillic.")]
    [InlineData("M-44-86-(10z-5а-12)", "The letter z is Latin; sections and sub-sections are named by Cyrillic letters.")]
    public void A_Latin_letter_is_refused_with_its_readings(string text, string error) => Assert.Equal(error, Refusal(text));

    [Fact]
    public void Ground_that_no_sheet_of_the_scheme_holds_has_no_code()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _scheme.Format(Graticule.Minute.CellAt(66, -0.01)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _scheme.Alias(Graticule.Minute.CellAt(66, 88.01)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _scheme.Format(new Cell(uint.MaxValue)));
    }
}
