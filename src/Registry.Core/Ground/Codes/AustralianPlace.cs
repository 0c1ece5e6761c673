namespace Registry.Core.Ground.Codes;

/// <summary>
/// Where a cell stands in the nesting of Western Australia and Queensland: a block of 5 by 5 minutes in a 1:1,000,000 sheet, and a
/// cell in the block. Both count from 0, row by row from the north-west corner.
/// </summary>
/// <remarks>Mining Act 1978 (WA), s. 56C; Mineral Resources Act 1989 (Qld), s. 126.</remarks>
internal readonly record struct AustralianPlace(SheetId Sheet, int Block, int Cell)
{
    /// <summary>The letters of the cells of a block, in their order: there is no i.</summary>
    public const string Letters = "abcdefghjklmnopqrstuvwxyz";

    /// <summary>Blocks in a sheet: 48 rows of 72.</summary>
    public const int Blocks = 3456;

    private const int BlocksAcross = 72;
    private const int BlockSide = 5;

    /// <summary>The place of a cell of the one-minute graticule.</summary>
    public static AustralianPlace Of(Cell cell)
    {
        var (north, east) = Math.DivRem(Graticule.Minute.IndexInSheet(cell), Graticule.Minute.ColumnsPerSheet);
        var south = Graticule.Minute.RowsPerSheet - 1 - north;
        return new(
            Graticule.Minute.SheetOf(cell),
            (south / BlockSide * BlocksAcross) + (east / BlockSide),
            (south % BlockSide * BlockSide) + (east % BlockSide));
    }

    /// <summary>The cell of the one-minute graticule at this place.</summary>
    public Cell ToCell()
    {
        var south = (Block / BlocksAcross * BlockSide) + (Cell / BlockSide);
        var east = (Block % BlocksAcross * BlockSide) + (Cell % BlockSide);
        return Graticule.Minute.CellOf(Sheet, ((Graticule.Minute.RowsPerSheet - 1 - south) * Graticule.Minute.ColumnsPerSheet) + east);
    }
}
