using Registry.Core.Ground;

namespace Registry.Core.Tests.Ground;

public sealed class CellBitmapTests
{
    private static readonly Graticule _minute = Graticule.Minute;

    [Fact]
    public void A_bitmap_holds_the_cells_of_its_set_and_no_other()
    {
        // A rectangle over four sheets: M-44, M-45, L-44 and L-45 meet at 48 N, 84 E.
        var random = new Random(89);
        var row = (int)_minute.RowsFromSouthPole(48) - 20;
        var column = (int)_minute.ColumnsFromAntimeridian(84) - 30;
        var all = CellSet.Of(from r in Enumerable.Range(row, 40) from c in Enumerable.Range(column, 60) select _minute.CellOf(r, c));
        var cells = all.Filter(_ => random.Next(2) == 0);
        var bitmap = CellBitmap.Of(_minute, cells);
        foreach (var cell in all)
        {
            Assert.Equal(cells.Contains(cell), bitmap.Contains(cell));
            Assert.Equal(cells.Contains(cell), bitmap.Contains(_minute.SheetOf(cell), _minute.IndexInSheet(cell)));
        }

        Assert.Equal(cells.Sheets(_minute), bitmap.Sheets);
        Assert.Equal(4, bitmap.Sheets.Count);
        Assert.Equal(cells.Count, bitmap.Count);
        Assert.All(bitmap.Sheets, sheet => Assert.Equal(cells.Count(cell => _minute.SheetOf(cell) == sheet), bitmap.CountIn(sheet)));
        Assert.Equal(all.Except(cells), bitmap.Outside(all));
    }

    [Fact]
    public void A_sheet_without_a_cell_is_empty()
    {
        var bitmap = CellBitmap.Of(_minute, CellSet.Empty);
        Assert.False(bitmap.Contains(new Cell(1)));
        Assert.Equal(0, bitmap.CountIn(new SheetId(12, 44)));
        Assert.Empty(bitmap.Sheets);
    }
}
