namespace Registry.Core.Ground.Codes;

/// <summary>
/// Where a cell stands in the Kazakh nesting of squares, and the only place that knows how each level is numbered.
/// All parts count from 0, row by row from the north-west corner of the level above.
/// </summary>
/// <remarks>
/// Code of Kazakhstan on Subsoil and Subsoil Use, Art. 19(2), gives the sizes. The numbering of the 1:100,000 sheets is that of the
/// maps; the order of sections, sub-sections and cells is the same convention carried down.
/// </remarks>
internal readonly record struct KazakhPlace(SheetId Sheet, int HundredThousand, int Section, int SubSection, int Cell)
{
    /// <summary>The names of sections, in their order; a sub-section takes the first four.</summary>
    public const string Letters = "абвгде";

    /// <summary>1:100,000 sheets in a 1:1,000,000 sheet.</summary>
    public const int HundredThousands = 144;

    /// <summary>Sections in a 1:100,000 sheet.</summary>
    public const int Sections = 6;

    /// <summary>Sub-sections in a section.</summary>
    public const int SubSections = 4;

    /// <summary>Cells in a sub-section.</summary>
    public const int Cells = 25;

    private static readonly Level _hundredThousand = new(Across: 12, Height: 20, Width: 30);
    private static readonly Level _section = new(Across: 3, Height: 10, Width: 10);
    private static readonly Level _subSection = new(Across: 2, Height: 5, Width: 5);
    private static readonly Level _cell = new(Across: 5, Height: 1, Width: 1);

    /// <summary>The place of a cell of the one-minute graticule.</summary>
    public static KazakhPlace Of(Cell cell)
    {
        var (south, east) = Math.DivRem(Graticule.Minute.IndexInSheet(cell), Graticule.Minute.ColumnsPerSheet);
        south = Graticule.Minute.RowsPerSheet - 1 - south;
        return new(
            Graticule.Minute.SheetOf(cell),
            _hundredThousand.Take(ref south, ref east),
            _section.Take(ref south, ref east),
            _subSection.Take(ref south, ref east),
            _cell.Take(ref south, ref east));
    }

    /// <summary>The cell of the one-minute graticule at this place.</summary>
    public Cell ToCell()
    {
        var south = _hundredThousand.South(HundredThousand) + _section.South(Section)
            + _subSection.South(SubSection) + _cell.South(Cell);
        var east = _hundredThousand.East(HundredThousand) + _section.East(Section)
            + _subSection.East(SubSection) + _cell.East(Cell);
        return Graticule.Minute.CellOf(Sheet, ((Graticule.Minute.RowsPerSheet - 1 - south) * Graticule.Minute.ColumnsPerSheet) + east);
    }

    /// <summary>One level of the nesting: how many squares stand side by side, and their size in minutes.</summary>
    private readonly record struct Level(int Across, int Height, int Width)
    {
        /// <summary>Minutes south of the corner of the level above.</summary>
        public int South(int index) => index / Across * Height;

        /// <summary>Minutes east of the corner of the level above.</summary>
        public int East(int index) => index % Across * Width;

        /// <summary>The square that holds a point, whose distances from the corner are cut to those within the square.</summary>
        public int Take(ref int south, ref int east)
        {
            var index = (south / Height * Across) + (east / Width);
            south %= Height;
            east %= Width;
            return index;
        }
    }
}
